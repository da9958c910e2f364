import type { Confirmation } from '@/lib/contrib/auth/confirmations/confirmation';
import { codeConfirmation } from '@/lib/extras/mfa/confirmations';
import { passkeyKind } from '@/lib/extras/mfa/factors/passkey-kind';
import { canGive } from '@/lib/extras/mfa/possession';

/**
 * A passkey used again in the middle of a session, in the place of the password, as a code is.
 * OWASP ASVS 5.0 7.5.3
 */
export const passkeyConfirmation: Confirmation = {
  ...codeConfirmation,
  name: 'passkey',
  field: { ...passkeyKind.field, name: `confirm_${passkeyKind.field.name}` },
  request: 'Use your passkey to do this.',
  isAvailable: (user) => canGive(user, passkeyKind.field.name),
};
