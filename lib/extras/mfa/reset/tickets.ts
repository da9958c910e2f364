import { settings } from '@/lib/conf/settings';
import { logSecurityEvent } from '@/lib/contrib/auth/events/security-events';
import type { User } from '@/lib/contrib/auth/models';
import { forgetAttempts, reserveAttempt, userAccount } from '@/lib/contrib/auth/sign-in/attempts';
import { constantTimeCompare } from '@/lib/core/crypto';
import { describeWait } from '@/lib/core/wait';
import { db, type TransactionClient } from '@/lib/db/client';
import { newRecoveryCodes, recoveryCodeHash } from '@/lib/extras/mfa/recovery-codes';
import type { HttpRequest } from '@/lib/http/request';

/** A ticket that was looked at: uses it up in the transaction of the enrolment. */
type LookedAt = { use(tx: TransactionClient): Promise<boolean> };

const NO_TICKET_NEEDED: LookedAt = { use: async () => true };

/**
 * A new enrolment ticket for somebody whose factors were reset, in the place of a former one. Only its
 * hash is kept: what is returned is handed to the person, and never mailed, since whoever reads their
 * mails can set their password as well.
 * OWASP ASVS 5.0 6.4.4
 */
export async function issueTicket(tx: TransactionClient, userId: number): Promise<string> {
  const [ticket = ''] = newRecoveryCodes(1);
  const created = new Date();
  const expires = new Date(created.getTime() + settings.MFA_RESET_AGE * 1000);
  const ticketHash = recoveryCodeHash(ticket) ?? '';
  await tx.enrollmentTicket.deleteMany({ where: { userId } });
  await tx.enrollmentTicket.create({
    data: { userId, ticketHash, created, expires },
    select: { id: true },
  });
  return ticket;
}

/** The ticket that somebody has to give, without it: whether a text is it, and until when it counts. */
export async function openTicket(
  userId: number,
): Promise<{ expires: Date; fits(typed: string): boolean } | null> {
  const row = await db.enrollmentTicket.findUnique({ where: { userId } });
  return row && { expires: row.expires, fits: (typed) => isTicket(typed, row.ticketHash) };
}

/**
 * Look at the field `ticket` of somebody who sets up a factor: what uses it up, or what is wrong with
 * it. Whose factors were never reset needs none. Tries are counted with those at codes.
 */
export async function takeTicket(
  request: HttpRequest,
  user: User,
  form: FormData,
): Promise<LookedAt | string> {
  const row = await db.enrollmentTicket.findUnique({ where: { userId: user.id } });
  if (!row) return NO_TICKET_NEEDED;
  const keys = { account: userAccount(user.id), network: request.ipAddress };
  const target = { id: user.id, username: user.username };
  const attempt = await reserveAttempt('mfa', keys, { request, target });
  if (!attempt.allowed) return `Too many tries. Try again ${describeWait(attempt.retryAfter)}.`;
  if (!isTicket(String(form.get('ticket') ?? ''), row.ticketHash)) {
    const detail = { reason: 'enrolment ticket', method: 'ticket' };
    await logSecurityEvent({ name: 'authn_login_fail', target, request, detail });
    return 'This is not the ticket that you were given.';
  }
  if (row.expires <= new Date()) {
    return 'This ticket has expired. Ask the people who run this site for another.';
  }
  await forgetAttempts('mfa', keys);
  return {
    async use(tx) {
      const { count } = await tx.enrollmentTicket.deleteMany({
        where: { userId: user.id, ticketHash: row.ticketHash },
      });
      return count === 1;
    },
  };
}

function isTicket(typed: string, ticketHash: string): boolean {
  const hash = recoveryCodeHash(typed);
  return hash !== null && constantTimeCompare(hash, ticketHash);
}
