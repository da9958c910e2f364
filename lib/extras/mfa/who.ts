import { settings } from '@/lib/conf/settings';
import type { User } from '@/lib/contrib/auth/models';
import { requirePendingLogin } from '@/lib/contrib/auth/sign-in/pending-login';
import { redirectToLogin } from '@/lib/contrib/auth/views';
import { LoginRequired } from '@/lib/http/entry-points/admit';
import type { HttpRequest } from '@/lib/http/request';
import { currentSource } from '@/lib/http/source/current-source';
import { restsOnFactor } from './admission';
import { hasFactor } from './possession';

/** Who is asked for something: on their way in, or signed in and sent here by a rule. */
type Asked = { readonly user: User; readonly isPending: boolean };

/**
 * Who is to give their second factor: whoever has come to that stage, or is signed in by nothing of the
 * kind and has one. Whoever is signed in and has no more to give is led on; throws LoginRequired for
 * everybody else.
 */
export async function whoAuthenticates(request: HttpRequest): Promise<Asked> {
  const { user, session } = request;
  if (!user.isAuthenticated) {
    return { user: (await requirePendingLogin(request, 'mfa_authenticate')).user, isPending: true };
  }
  if (restsOnFactor(session) || !(await hasFactor(user))) {
    return currentSource().redirect(settings.LOGIN_REDIRECT_URL);
  }
  return { user, isPending: false };
}

/**
 * Who is to set up their first factor on their way in. Throws LoginRequired for everybody else, and so
 * for whoever has waited at the stage until the owner of the account had set up theirs.
 */
export async function whoEnrolls(request: HttpRequest): Promise<User> {
  const { user } = await requirePendingLogin(request, 'mfa_enroll');
  if (await hasFactor(user)) throw new LoginRequired(redirectToLogin(''));
  return user;
}

/**
 * Whose recovery codes this browser may hold: of whoever is signed in, or at the stage where their
 * first ones are shown. Throws LoginRequired for everybody else.
 */
export async function whoKeepsCodes(request: HttpRequest): Promise<User> {
  const { user } = request;
  if (user.isAuthenticated) return user;
  return (await requirePendingLogin(request, 'mfa_recovery_codes')).user;
}
