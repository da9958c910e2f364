import { brought } from '@/lib/apps/registry';
import type { settings } from '@/lib/conf/settings';
import type { SecurityRequest } from '@/lib/contrib/auth/events/security-events';
import type { AuthRequest } from '@/lib/contrib/auth/users/user';
import type { DbClient, TransactionClient } from '@/lib/db/client';

/** What tries are counted of: the kinds that the apps declare. */
export type ThrottleKind = keyof (typeof settings)['THROTTLES'];

/**
 * Whose tries are counted: `account` as it was typed, `network` an IP address (blank: unknown, and
 * not counted). With `device` the device's tries at the account count and neither the account's nor
 * the network's: nobody else can use them up.
 */
export type AttemptKeys = { account: string; network: string; device?: string | null };

/** Whether to go on; if not, after how many seconds. `tries` counts this one. */
export type Attempt =
  | { allowed: true; tries: number; free: number; keys: AttemptKeys }
  | { allowed: false; retryAfter: number };

/** A try that is taken back when it could not be made after all. */
export type RevocableAttempt = Attempt & { withdraw(): Promise<void> };

/** As much of a request as counting its tries to sign in needs. */
export type Visit = AuthRequest & {
  readonly headers: Pick<Headers, 'get'>;
  readonly ipAddress: string;
};

/** What else a count may be told. */
export type AttemptOptions = {
  request?: SecurityRequest;
  /** The transaction that the count is part of: undone, the try was none. */
  tx?: TransactionClient;
  /** Whose account it is, where the key is no name. */
  target?: { id: number; username: string };
};

/** What stands for an account where its owner is known by id: no name that somebody may type. */
export function userAccount(id: number): string {
  return `user ${id}`;
}

/** Counts tries before they are made, and refuses those that must wait. */
export type AttemptCounter = {
  reserve(kind: ThrottleKind, keys: AttemptKeys, options: AttemptOptions): Promise<Attempt>;
  /** The same of a try to sign in, whose keys are the counter's to find. */
  reserveSignIn(request: Visit, credentials: { username: string }): Promise<RevocableAttempt>;
  forget(kind: ThrottleKind, keys: AttemptKeys, client?: DbClient): Promise<void>;
  withdraw(kind: ThrottleKind, keys: AttemptKeys, tries: number): Promise<void>;
};

declare module '@/lib/apps/define-config' {
  interface AppConfig {
    /** What counts tries at passwords, and makes people wait. */
    readonly attemptCounters?: readonly AttemptCounter[];
  }
}

/**
 * Have a try counted before it is made, by whatever counts: refused if one of them refuses, and then
 * counted by none. Where nothing counts, every try is the first one. Rejects when a count cannot be
 * had: without it there is no try.
 * OWASP ASVS 5.0 6.3.1
 * @example
 * const keys = { account: user.getUsername(), network: request.ipAddress };
 * const attempt = await reserveAttempt('login', keys, { request });
 * if (!attempt.allowed) return throttledForm(attempt.retryAfter, form);
 */
export async function reserveAttempt(
  kind: ThrottleKind,
  keys: AttemptKeys,
  options: AttemptOptions = {},
): Promise<Attempt> {
  return askAll(keys, async (counter) => {
    const attempt = await counter.reserve(kind, keys, options);
    return {
      ...attempt,
      async withdraw() {
        if (attempt.allowed) await counter.withdraw(kind, keys, attempt.tries);
      },
    };
  });
}

/** The same of a try to sign in with a username, before its password is looked at. For actions. */
export async function reserveSignIn(
  request: Visit,
  credentials: { username: string },
): Promise<RevocableAttempt> {
  const keys = { account: credentials.username, network: request.ipAddress };
  return askAll(keys, (counter) => counter.reserveSignIn(request, credentials));
}

/** Forget what was counted under these keys, after a success. */
export async function forgetAttempts(
  kind: ThrottleKind,
  keys: AttemptKeys,
  client?: DbClient,
): Promise<void> {
  for (const { forget } of brought('attemptCounters')) await forget(kind, keys, client);
}

async function askAll(
  keys: AttemptKeys,
  ask: (counter: AttemptCounter) => Promise<RevocableAttempt>,
): Promise<RevocableAttempt> {
  const made: RevocableAttempt[] = [];
  const withdraw = async () => {
    for (const attempt of made) await attempt.withdraw();
  };
  for (const counter of brought('attemptCounters')) {
    const attempt = await ask(counter);
    if (!attempt.allowed) {
      await withdraw();
      return attempt;
    }
    made.push(attempt);
  }
  const [first] = made;
  const uncounted = { allowed: true, tries: 1, free: Number.POSITIVE_INFINITY, keys } as const;
  return { ...(first ?? uncounted), withdraw };
}
