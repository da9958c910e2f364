import type { AccountCard } from '@/lib/contrib/auth/account-cards';
import { authMethods } from '@/lib/contrib/auth/sign-in/auth-methods';
import { ADD_PASSKEY_PATH } from '@/lib/extras/mfa/addresses';
import { isPasskeyLoginEnabled } from './login';

/**
 * The card that offers a passkey to whoever has signed in with a password and with no passkey: in this
 * browser they have none at hand, whatever they have elsewhere. So it costs no statement.
 */
export const passkeyCard: AccountCard = {
  name: 'passkey',
  title: 'Sign in without your password',
  text: 'With a passkey you sign in with your fingerprint, your face or the PIN of this device. Nobody can guess it or talk you out of it.',
  link: { href: ADD_PASSKEY_PATH, label: 'Add a passkey' },
  needsScript: true,
  isOffered({ session }) {
    const methods = authMethods(session).map(({ method }) => method);
    return isPasskeyLoginEnabled() && methods.includes('password') && !methods.includes('passkey');
  },
};
