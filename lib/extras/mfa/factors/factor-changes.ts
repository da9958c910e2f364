import { logSecurityEvent } from '@/lib/contrib/auth/events/security-events';
import type { User } from '@/lib/contrib/auth/models';
import { recordAuthMethod } from '@/lib/contrib/auth/sign-in/auth-methods';
import { forgetFacts } from '@/lib/contrib/auth/users/user-facts';
import { userColumn, userTable } from '@/lib/contrib/auth/users/user-table';
import { endSessionsOf } from '@/lib/contrib/sessions/store';
import { lockClause, Prisma, type TransactionClient, transaction } from '@/lib/db/client';
import { sendFactorsChangedMail } from '@/lib/extras/mfa/mails/factors-changed-mail';
import { endTrusts } from '@/lib/extras/mfa/trusted-browsers';
import type { HttpRequest } from '@/lib/http/request';
import { siteOrigin } from '@/lib/http/site-origin';
import { after } from '@/lib/http/source/current-source';

/** What is done to the factors of whoever asks. */
export type FactorChange = {
  readonly name: 'authn_token_created' | 'authn_token_revoked';
  /** The kind, as settings.MFA_SUPPORTED_TYPES has it. */
  readonly kind: string;
  /** The same for people, as a sentence without its end: "An authenticator app was added". */
  readonly what: string;
};

/**
 * Change the factors of whoever asks, who is signed in or on their way in: `work`, the end of their
 * other sessions and of all trusted browsers, and the log entry are one transaction; nobody changes
 * the factors of the same person meanwhile. Where `work` gives null nothing is changed, and null is
 * the answer; else what it gave, and how many sessions ended. The owner is told by mail after the
 * answer. For actions.
 * OWASP ASVS 5.0 6.3.7, 7.4.3
 */
export async function changeFactors<T>(
  request: HttpRequest,
  user: User,
  { name, kind, what }: FactorChange,
  work: (tx: TransactionClient) => Promise<T | null>,
): Promise<{ result: T; ended: number } | null> {
  const origin = siteOrigin(request);
  const stays = request.user.equals(user) ? request.session.id : null;
  const done = await orUnchanged(async (tx) => {
    await lockUser(tx, user.id);
    // Whose session has ended meanwhile, by a change of these factors say, changes none.
    if (stays !== null && (await tx.session.count({ where: { id: stays } })) === 0) return null;
    const result = await work(tx);
    if (result === null) return null;
    const ended = await endSessionsOf(tx, [user.id], stays);
    const trustsEnded = await endTrusts(tx, user.id);
    const detail = { kind, sessionsEnded: ended, trustsEnded };
    await logSecurityEvent({ name, actor: user, target: user, request, detail, tx });
    return { result, ended };
  });
  if (!done) return null;
  forgetFacts(user);
  const { ipAddress } = request;
  after(() => sendFactorsChangedMail(user, { what, when: new Date(), ipAddress, origin }));
  return done;
}

/**
 * Keep in the session of somebody who is signed in that they have just given a factor, under a new
 * key. On the way in the stage does it.
 */
export function keepProof(request: HttpRequest, method: string): void {
  if (!request.user.isAuthenticated) return;
  request.session.cycleKey();
  recordAuthMethod(request.session, { method, at: Date.now() });
}

class Unchanged extends Error {}

// What was done before null was given is undone.
function orUnchanged<T>(work: (tx: TransactionClient) => Promise<T | null>): Promise<T | null> {
  return transaction(async (tx) => {
    const result = await work(tx);
    if (result === null) throw new Unchanged();
    return result;
  }).catch((error: unknown) => {
    if (error instanceof Unchanged) return null;
    throw error;
  });
}

/** Let nobody else change this person's factors until the transaction ends. */
export async function lockUser(tx: TransactionClient, id: number): Promise<void> {
  const lock = Prisma.raw(lockClause(tx, 'FOR NO KEY UPDATE'));
  await tx.$queryRaw`
    SELECT ${userColumn('id')} FROM ${userTable()} WHERE ${userColumn('id')} = ${id}${lock}`;
}
