import type { Confirmation } from '@/lib/contrib/auth/confirmations/confirmation';
import { codeConfirmation } from '@/lib/extras/mfa/confirmations';
import { findFactorKind } from '@/lib/extras/mfa/factors/kinds';
import { passkeyKind } from '@/lib/extras/mfa/factors/passkey-kind';
import { hasFactor } from '@/lib/extras/mfa/possession';

/**
 * A passkey used again in the middle of a session, in the place of the password, as a code is. Costs a
 * statement for whoever has a second factor.
 * OWASP ASVS 5.0 7.5.3
 */
export const passkeyConfirmation: Confirmation = {
  ...codeConfirmation,
  name: 'passkey',
  field: { ...passkeyKind.field, name: `confirm_${passkeyKind.field.name}` },
  request: 'Use your passkey to do this.',
  async isAvailable(user) {
    if (!findFactorKind('webauthn') || !(await hasFactor(user))) return false;
    return (await passkeyKind.factorsOf(user.id)).length > 0;
  },
};
