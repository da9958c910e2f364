import type { AuthRequest, User } from '@/lib/contrib/auth/users/user';
import { getUserModel } from '@/lib/contrib/auth/users/user-model';
import { usersByEmail } from '@/lib/contrib/auth/users/user-rows';
import { foldCase } from '@/lib/core/fold-case';
import type { Credentials } from './backend';
import { ModelBackend } from './model';

/**
 * Sign in with the email address in the place of the username, or as `email`. Off until the
 * settings list it. An address that several users have signs nobody in: it does not say who.
 * The worked example of a backend of one's own: docs/backends.md explains it line by line.
 * Django: no counterpart; docs/topics/auth/customizing "Writing an authentication backend"
 */
export class EmailBackend extends ModelBackend {
  override readonly name: string = 'EmailBackend';

  override async authenticate(
    _request: AuthRequest | null,
    credentials: Credentials,
  ): Promise<User | null> {
    const email = addressIn(credentials);
    const { password } = credentials;
    if (email === null || typeof password !== 'string') return null;
    return this.verify(await onlyUserOf(email), password);
  }

  /** One count for every spelling of an address, and for the username of the person who has it. */
  async throttleKey(credentials: Credentials): Promise<string | null> {
    const email = addressIn(credentials);
    if (email === null) return null;
    return (await onlyUserOf(email))?.getUsername() ?? foldCase(email);
  }
}

function addressIn(credentials: Credentials): string | null {
  const email = credentials['email'] ?? credentials['username'];
  return typeof email === 'string' && email.includes('@') ? email : null;
}

async function onlyUserOf(email: string): Promise<User | null> {
  const [user, ...others] = await usersByEmail(getUserModel(), email);
  return others.length > 0 ? null : (user ?? null);
}
