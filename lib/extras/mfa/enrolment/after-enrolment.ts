import type { User } from '@/lib/contrib/auth/models';
import { redirectToLogin } from '@/lib/contrib/auth/views';
import { GENERATE_PATH, OVERVIEW_PATH } from '@/lib/extras/mfa/addresses';
import { findFactorKind } from '@/lib/extras/mfa/factors/kinds';
import type { HttpRequest } from '@/lib/http/request';
import { prepareCodes } from './new-recovery-codes';

/**
 * Where somebody who is signed in goes after they have set up their first factor: to their recovery
 * codes, which their browser holds then, and from there on to `next`, which is found safe. For actions.
 */
export async function afterEnrolment(
  request: Pick<HttpRequest<User>, 'headers' | 'user'>,
  next: string | null,
): Promise<string> {
  if (!findFactorKind('recovery_codes')) return next ?? OVERVIEW_PATH;
  await prepareCodes(request, request.user);
  return redirectToLogin(next ?? '', GENERATE_PATH);
}
