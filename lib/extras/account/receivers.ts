import { settings } from '@/lib/conf/settings';
import type {
  SecurityEvent,
  securityEvent,
  securityEvents,
} from '@/lib/contrib/auth/events/security-events';
import type { loginCompleted } from '@/lib/contrib/auth/signals';
import { warning } from '@/lib/contrib/messages/api';
import type { Message } from '@/lib/contrib/messages/constants';
import { chunksOf } from '@/lib/db/chunks';
import { type DbClient, db } from '@/lib/db/client';
import type { PayloadOf } from '@/lib/dispatch';
import { isVerified } from './emails/addresses';

/** With ACCOUNT_EMAIL_VERIFICATION optional: remind whoever comes in that their address is not confirmed. */
export async function remindOfVerification({
  request,
  user,
}: PayloadOf<typeof loginCompleted>): Promise<void> {
  if (settings.ACCOUNT_EMAIL_VERIFICATION !== 'optional' || user.email === '') return;
  if (!hasMessages(request) || (await isVerified(user))) return;
  warning(request, 'Your email address is not confirmed: /accounts/email/ sends you the link.');
}

/**
 * Whoever is put to sleep or woken by the people who run the site is theirs: what the owner asked about
 * their account's deletion counts no more, in the transaction that turns the account.
 */
export function dropTurned({ event }: PayloadOf<typeof securityEvent>): Promise<void> {
  return dropAsked(event.tx ?? db, [event]);
}

/** The same of many at once. */
export function dropAllTurned({ events, tx }: PayloadOf<typeof securityEvents>): Promise<void> {
  return dropAsked(tx, events);
}

async function dropAsked(client: DbClient, events: readonly SecurityEvent[]): Promise<void> {
  const turned = events.flatMap((event) =>
    isTurning(event) && event.target ? event.target.id : [],
  );
  for (const ids of chunksOf(turned)) {
    await client.accountDeletion.deleteMany({ where: { userId: { in: ids } } });
  }
}

function isTurning({ name, detail }: SecurityEvent): boolean {
  const changed = detail?.['changed'];
  return (
    name === 'privilege_permissions_changed' &&
    Array.isArray(changed) &&
    changed.includes('isActive')
  );
}

function hasMessages(request: object): request is { messages: Message[] } {
  return 'messages' in request && Array.isArray(request.messages);
}
