import { redirectToLogin } from '@/lib/contrib/auth/views';
import { GENERATE_PATH, OVERVIEW_PATH } from '@/lib/extras/mfa/addresses';
import { findFactorKind } from '@/lib/extras/mfa/factors/kinds';

/**
 * Where somebody who is signed in goes after they have set up their first factor: to their recovery
 * codes, and from there on to `next`, which is found safe.
 */
export function afterEnrolment(next: string | null): string {
  if (!findFactorKind('recovery_codes')) return next ?? OVERVIEW_PATH;
  return redirectToLogin(next ?? '', GENERATE_PATH);
}
