import { settings } from '@/lib/conf/settings';
import type { loginCompleted } from '@/lib/contrib/auth/signals';
import { warning } from '@/lib/contrib/messages/api';
import type { Message } from '@/lib/contrib/messages/constants';
import { isVerified } from './emails/addresses';

type Sent<S> = S extends { send(payload: infer P): unknown } ? P : never;

/** With ACCOUNT_EMAIL_VERIFICATION optional: remind whoever comes in that their address is not confirmed. */
export async function remindOfVerification({
  request,
  user,
}: Sent<typeof loginCompleted>): Promise<void> {
  if (settings.ACCOUNT_EMAIL_VERIFICATION !== 'optional' || user.email === '') return;
  if (!hasMessages(request) || (await isVerified(user))) return;
  warning(request, 'Your e-mail address is not confirmed: /accounts/email/ sends you the link.');
}

function hasMessages(request: object): request is { messages: Message[] } {
  return 'messages' in request && Array.isArray(request.messages);
}
