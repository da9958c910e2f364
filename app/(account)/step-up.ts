import { redirect } from 'next/navigation';
import { isSignInFresh } from '@/lib/contrib/auth/confirmations/step-up';
import type { User } from '@/lib/contrib/auth/models';
import { info } from '@/lib/contrib/messages/api';
import type { HttpRequest } from '@/lib/http/request';

/** The pages that ask whoever signed in a while ago to show once more who they are. */
export const STEP_UP_PAGES = [
  '/accounts/email/',
  '/accounts/username/',
  '/accounts/delete/',
  '/accounts/export/',
] as const;

export type StepUpPage = (typeof STEP_UP_PAGES)[number];

/** Lead an action whose sign-in is old back to its page, which asks. */
export function requireFreshSignIn(request: HttpRequest<User>, page: StepUpPage): void {
  if (isSignInFresh(request)) return;
  info(request, 'You signed in a while ago. Show once more who you are, and send it again.');
  redirect(page);
}
