import type {
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON,
} from '@simplewebauthn/server';
import type { User } from '@/lib/contrib/auth/models';
import { getPendingLogin } from '@/lib/contrib/auth/sign-in/pending-login';
import { PermissionDenied } from '@/lib/core/exceptions';
import { mustConfirmFirst } from '@/lib/extras/mfa/factors/must-confirm';
import type { HttpRequest } from '@/lib/http/request';
import { issueChallenge, type Purpose } from './challenge';
import { creationOptions } from './creation-options';
import { isPasskeyLoginEnabled } from './login';
import { MOST_PASSKEYS, passkeyHandle, passkeysOf, TOO_MANY } from './passkeys';
import { requestOptions } from './request-options';

type Options = PublicKeyCredentialCreationOptionsJSON | PublicKeyCredentialRequestOptionsJSON;

const SIGNED_OUT = 'You are not signed in any more. Load the page again.';
const SIGN_IN_IS_OLD = 'You signed in a while ago. Load the page again to show who you are.';

/**
 * What a browser is asked for, for one purpose, and the challenge that its cookie carries. To sign in
 * it is the same for everybody, and nobody is named; beside a password it is whoever has come to that
 * stage, in a session its person, who to make a passkey has shown lately who they are. Throws
 * PermissionDenied for anybody else.
 * allauth: mfa/webauthn/internal/auth.py begin_registration, begin_authentication
 */
export async function passkeyOptions(request: HttpRequest, purpose: Purpose): Promise<Options> {
  const { headers } = request;
  if (purpose === 'login') {
    if (!isPasskeyLoginEnabled()) throw new PermissionDenied('Passkeys do not sign in here.');
    const challenge = await issueChallenge(headers, { purpose, user: null });
    return requestOptions({ challenge, userVerification: 'required' });
  }
  const user = await whoMay(request, purpose);
  const known = await passkeysOf(user.id);
  // Before the authenticator makes one: it would keep it.
  if (purpose === 'create' && known.length >= MOST_PASSKEYS) throw new PermissionDenied(TOO_MANY);
  const challenge = await issueChallenge(headers, { purpose, user: user.id });
  if (purpose === 'create') {
    const handle = await passkeyHandle(user.id);
    return creationOptions({ challenge, user, handle, known });
  }
  const userVerification = purpose === 'second' ? 'preferred' : 'required';
  return requestOptions({ challenge, userVerification, allowed: known });
}

async function whoMay(request: HttpRequest, purpose: Purpose): Promise<User> {
  if (purpose === 'second') return pendingUser(request, 'mfa_authenticate');
  if (!isSignedIn(request)) {
    if (purpose === 'create') return pendingUser(request, 'mfa_enroll');
    throw new PermissionDenied(SIGNED_OUT);
  }
  if (purpose === 'create' && (await mustConfirmFirst(request))) {
    throw new PermissionDenied(SIGN_IN_IS_OLD);
  }
  return request.user;
}

function isSignedIn(request: HttpRequest): request is HttpRequest<User> {
  return request.user.isAuthenticated;
}

async function pendingUser(request: HttpRequest, stage: string): Promise<User> {
  const pending = await getPendingLogin(request);
  if (pending?.state.stage !== stage) throw new PermissionDenied(SIGNED_OUT);
  return pending.user;
}
