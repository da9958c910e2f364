import { throttleKeyOf } from '@/lib/contrib/auth/backends';
import { type DbClient, db } from '@/lib/db/client';
import { accountKey, networkOf, type ThrottleKind } from './keys';

/** A counter, for a person: `who` is a username, a mail address, a network, or says it is unknown. */
export type CountedTries = {
  kind: string;
  scope: string;
  who: string;
  tries: number;
  /** Tries that were refused during the present wait. */
  refused: number;
  /** Null when the next try need not wait. */
  blockedUntil: Date | null;
};

// Users read at once.
const PAGE = 10_000;

const KINDS: readonly ThrottleKind[] = ['login', 'password_reset', 'password_change'];

/**
 * Everything that is counted at the moment, the longest wait first. Counters hold no names: the
 * hash of every user's name and address is made anew to find whose they are. What belongs to
 * nobody stays unknown, and may have been a password.
 */
export async function listAttempts(now = new Date()): Promise<CountedTries[]> {
  const rows = await db.throttle.findMany({
    where: { tries: { gt: 0 } },
    orderBy: [{ blockedUntil: 'desc' }, { id: 'asc' }],
  });
  const isAboutAccounts = rows.some(({ scope }) => scope !== 'network');
  const names = isAboutAccounts ? await namesByKey() : new Map<string, string>();
  return rows.map(({ kind, scope, key, tries, refused, blockedUntil }) => ({
    kind,
    scope,
    who: scope === 'network' ? key : (names.get(accountPart(key)) ?? 'no user of that name'),
    tries,
    refused,
    blockedUntil: blockedUntil > now ? blockedUntil : null,
  }));
}

/**
 * Forget the tries at an account, whose username or mail address is given, and those of its devices,
 * or the tries from the network of an IP address. Returns how many counters went.
 */
export async function liftThrottle(who: string): Promise<number> {
  const names = [who, await throttleKeyOf({ username: who })];
  const keys = new Set(names.flatMap((name) => KINDS.map((kind) => accountKey(kind, name))));
  const { count } = await db.throttle.deleteMany({
    where: {
      OR: [
        { scope: 'network', key: networkOf(who.replace(/\/64$/, '')) },
        ...[...keys].map((key) => ({ scope: { not: 'network' }, key: { startsWith: key } })),
      ],
    },
  });
  return count;
}

/**
 * The people whose tries some counters count, by the counters' ids. The hash of every name and
 * address is made anew, as for the list, until all are found. Counters of networks, and of names
 * that nobody has, are nobody's.
 */
export async function ownersOfAttempts(
  client: DbClient,
  ids: readonly number[],
): Promise<{ id: number; username: string; isSuperuser: boolean }[]> {
  const where = { id: { in: [...ids] }, scope: { not: 'network' } };
  const counted = await client.throttle.findMany({ where, select: { key: true } });
  const keys = new Set(counted.map(({ key }) => accountPart(key)));
  const owners = [];
  for (let last = 0; keys.size > 0; ) {
    const rows = await client.user.findMany({
      where: { id: { gt: last } },
      select: { id: true, username: true, email: true, isSuperuser: true },
      orderBy: { id: 'asc' },
      take: PAGE,
    });
    if (rows.length === 0) break;
    for (const { email, ...owner } of rows) {
      if (namesOf({ ...owner, email }).some((key) => keys.has(key))) owners.push(owner);
    }
    last = rows.at(-1)?.id ?? last;
  }
  return owners;
}

// By what tries at somebody may be counted: by either name in every form that is folded or not.
function namesOf({ username, email }: { username: string; email: string }): string[] {
  const names = email === '' ? [username] : [username, email];
  return names.flatMap((name) => [accountKey('login', name), accountKey('password_reset', name)]);
}

async function namesByKey(): Promise<Map<string, string>> {
  const users = await db.user.findMany({ select: { username: true, email: true } });
  return new Map(
    users.flatMap(({ username, email }) => [
      ...(email === '' ? [] : [[accountKey('password_reset', email), email] as const]),
      [accountKey('login', username), username],
    ]),
  );
}

function accountPart(key: string): string {
  return key.split(':')[0] ?? key;
}
