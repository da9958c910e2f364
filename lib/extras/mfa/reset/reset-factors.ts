import { settings } from '@/lib/conf/settings';
import { logSecurityEvent } from '@/lib/contrib/auth/events/security-events';
import type { User } from '@/lib/contrib/auth/models';
import { forgetFacts } from '@/lib/contrib/auth/users/user-facts';
import { endSessionsOf } from '@/lib/contrib/sessions/store';
import { type TransactionClient, transaction } from '@/lib/db/client';
import { lockUser } from '@/lib/extras/mfa/factors/factor-changes';
import type { FactorKind } from '@/lib/extras/mfa/factors/factor-kind';
import { removeAll } from '@/lib/extras/mfa/factors/factor-removal';
import { countFactors } from '@/lib/extras/mfa/possession';
import { endTrusts } from '@/lib/extras/mfa/trusted-browsers';
import { type Resetter, resetRefusal } from './may-reset';
import { noteInHistory } from './note-in-history';
import { openRequest } from './reset-requests';
import { issueTicket } from './tickets';

/** A ticket, once somebody's factors are reset; that a second person has to agree; or a refusal. */
export type ResetAnswer =
  | { readonly is: 'reset'; readonly ticket: string }
  | { readonly is: 'requested' }
  | { readonly is: 'refused'; readonly reason: string };

/**
 * Reset somebody's second factors: all of them go, with trusted browsers and sessions, and what lets
 * them set up another is a ticket that is to be handed to them. With settings.MFA_RESET_APPROVALS 2
 * the first person asks for it and another one does it. One transaction with its log entry and its
 * line in the history of the person; nothing is changed by a refusal.
 * OWASP ASVS 5.0 6.4.3, 6.4.4
 */
export async function resetFactors(
  by: Resetter,
  target: User,
  reason: string,
): Promise<ResetAnswer> {
  return alone(target, async (tx): Promise<ResetAnswer> => {
    const refusal = await resetRefusal(by.user, target, tx);
    if (refusal !== null) return { is: 'refused', reason: refusal };
    if (settings.MFA_RESET_APPROVALS < 2) return reset(tx, { by, target, reason });
    const asked = await openRequest(tx, target.id);
    if (!asked) return request(tx, { by, target, reason });
    if (asked.requestedById === by.user.id) {
      return { is: 'refused', reason: 'You have asked for this: somebody else has to agree.' };
    }
    return reset(tx, { by, target, reason: `${asked.reason}; agreed: ${reason}` });
  });
}

/** The same by a command on the server, which needs no second person. Gives the ticket. */
export async function resetByCommand(target: User): Promise<string> {
  const asked = { by: null, target, reason: 'command' };
  return (await alone(target, (tx) => reset(tx, asked))).ticket;
}

/**
 * Remove one factor of somebody, which needs no second person as long as another is left: after their
 * last one the password alone would be enough, and that is what a reset with its ticket is for. Null
 * when it is done, else why it is not.
 */
export async function removeFactorOf(
  by: Resetter,
  target: User,
  { kind, id, reason }: { kind: FactorKind; id: number; reason: string },
): Promise<string | null> {
  class Refused extends Error {}
  try {
    await alone(target, async (tx) => {
      const refusal = await resetRefusal(by.user, target, tx);
      if (refusal !== null) throw new Refused(refusal);
      if ((await kind.remove(tx, target.id, id)) === 0) throw new Refused('It is gone already.');
      if (kind.standsAlone && (await countFactors(tx, target.id)) === 0) {
        throw new Refused('This is their last factor: reset all, so that they get a ticket.');
      }
      const ended = await endAll(tx, target.id);
      await note(tx, { by, target, detail: { kind: kind.name, reason, ...ended } });
    });
    return null;
  } catch (error) {
    if (error instanceof Refused) return error.message;
    throw error;
  }
}

// In one transaction, in which nobody else changes the factors of the person that it is about.
async function alone<T>(target: User, work: (tx: TransactionClient) => Promise<T>): Promise<T> {
  const done = await transaction(async (tx) => {
    await lockUser(tx, target.id);
    return work(tx);
  });
  forgetFacts(target);
  return done;
}

type Reset = { by: Resetter | null; target: User; reason: string };

async function reset(tx: TransactionClient, { by, target, reason }: Reset) {
  const removed = await removeAll(tx, target.id);
  const ended = await endAll(tx, target.id);
  await tx.factorReset.deleteMany({ where: { userId: target.id } });
  const ticket = await issueTicket(tx, target.id);
  await note(tx, { by, target, detail: { kind: 'all', removed, reason, ...ended } });
  return { is: 'reset' as const, ticket };
}

async function request(tx: TransactionClient, { by, target, reason }: Reset & { by: Resetter }) {
  const created = new Date();
  const expires = new Date(created.getTime() + settings.MFA_RESET_AGE * 1000);
  const requestedById = by.user.id;
  await tx.factorReset.deleteMany({ where: { userId: target.id } });
  await tx.factorReset.create({
    data: { userId: target.id, requestedById, reason, created, expires },
    select: { id: true },
  });
  const detail = { act: 'asked for a reset of second factors', reason };
  await logSecurityEvent({
    name: 'authz_admin',
    actor: by.user,
    target: { id: target.id, username: target.username },
    request: by,
    detail,
    tx,
  });
  return { is: 'requested' as const };
}

async function endAll(tx: TransactionClient, userId: number) {
  const sessionsEnded = await endSessionsOf(tx, [userId]);
  return { sessionsEnded, trustsEnded: await endTrusts(tx, userId) };
}

type Note = { by: Resetter | null; target: User; detail: Record<string, string | number> };

async function note(tx: TransactionClient, { by, target, detail }: Note): Promise<void> {
  if (by) await noteInHistory(tx, by.user, target);
  await logSecurityEvent({
    name: 'authn_token_revoked',
    target: { id: target.id, username: target.username },
    detail,
    tx,
    ...(by && { actor: by.user, request: by }),
  });
}
