import { settings } from '@/lib/conf/settings';
import type { User } from '@/lib/contrib/auth/models';
import { completeLogin } from '@/lib/contrib/auth/sign-in/complete-login';
import { success } from '@/lib/contrib/messages/api';
import { signInBackend } from '@/lib/extras/account/sign-in-backend';
import type { HttpRequest } from '@/lib/http/request';

/**
 * Let whoever has just made their account in, as after any first factor: they read the mail to its
 * address. Gives where to go; the sign-in page where no backend would keep them signed in.
 */
export async function enterNewAccount(request: HttpRequest, user: User): Promise<string> {
  success(request, `Welcome, ${user.username}. Your account is made.`);
  const backend = await signInBackend(user);
  if (backend === null) return settings.LOGIN_URL;
  return completeLogin(request, user, { method: 'code', backend, next: null });
}
