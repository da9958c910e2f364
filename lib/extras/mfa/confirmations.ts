import type { Confirmation } from '@/lib/contrib/auth/confirmations/confirmation';
import { canGive, factorMethods, TRUSTED_BROWSER } from './possession';
import { proveFactor } from './tries';

const PREFIX = 'confirm_';

/**
 * A second factor given again in the middle of a session, in a field of its own in the form that is to
 * be confirmed. Whoever has a factor is asked for it in the place of the password, and a browser that
 * is trusted at sign-in is not here.
 * allauth: mfa/internal/flows/reauthentication
 */
export const codeConfirmation: Confirmation = {
  name: 'second_factor',
  field: {
    name: `${PREFIX}code`,
    label: 'Code of your authenticator app, or a recovery code',
    kind: 'code',
  },
  request: 'Enter a code of your authenticator app, or a recovery code, to do this.',
  isAvailable: (user) => canGive(user, 'code'),
  async confirm(request, form) {
    const { user } = request;
    const proven = await proveFactor(request, user, form, {
      purpose: 'confirming',
      prefix: PREFIX,
    });
    return 'refused' in proven ? proven.refused : proven.method;
  },
  instead: { of: ['password'], proofs: factorMethods, standIns: [TRUSTED_BROWSER] },
};
