import { isSignInFresh } from '@/lib/contrib/auth/confirmations/step-up';
import type { User } from '@/lib/contrib/auth/models';
import { authMethods } from '@/lib/contrib/auth/sign-in/auth-methods';
import { factorMethods, hasFactor } from '@/lib/extras/mfa/possession';
import type { HttpRequest } from '@/lib/http/request';

/**
 * Whether whoever asks has to show once more who they are before their factors are changed: after
 * settings.STEP_UP_AGE as everywhere, and always in a session that rests on no factor although they
 * have one, as a proxy's may.
 */
export async function mustConfirmFirst(request: HttpRequest<User>): Promise<boolean> {
  if (!isSignInFresh(request)) return true;
  const factors = factorMethods();
  const hasShown = authMethods(request.session).some(({ method }) => factors.includes(method));
  return !hasShown && (await hasFactor(request.user));
}
