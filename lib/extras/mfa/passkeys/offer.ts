import type { AccountCard } from '@/lib/contrib/auth/account/account-cards';
import { authMethods } from '@/lib/contrib/auth/sign-in/auth-methods';
import type { SignInWay } from '@/lib/contrib/auth/sign-in/ways';
import {
  ADD_PASSKEY_PATH,
  PASSKEY_LOGIN_PATH,
  PASSKEY_OPTIONS_PATH,
} from '@/lib/extras/mfa/addresses';
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

/** A passkey on the sign-in page, in the place of name and password. */
export const passkeyWay: SignInWay = {
  name: 'passkey',
  label: 'Sign in with a passkey',
  href: PASSKEY_LOGIN_PATH,
  ceremony: { options: PASSKEY_OPTIONS_PATH },
  isOffered: isPasskeyLoginEnabled,
};
