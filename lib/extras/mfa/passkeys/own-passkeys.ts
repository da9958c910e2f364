import type { User } from '@/lib/contrib/auth/models';
import { findPasskeyHandle, type Passkey } from './passkeys';
import { rpId } from './relying-party';

/**
 * What the authenticators of this person may be told: which of their passkeys still count, and what
 * the person is called. All of it they know already. Null for somebody who never had one.
 * WebAuthn L3 5.1.10.3, 5.1.10.4
 */
export async function ownPasskeys(user: User, passkeys: readonly Passkey[]) {
  const userId = await findPasskeyHandle(user.id);
  return (
    userId && {
      rpId: rpId(),
      userId,
      credentialIds: passkeys.map(({ credentialId }) => credentialId),
      name: user.getUsername(),
      displayName: user.getFullName() || user.getUsername(),
    }
  );
}
