import { brought } from '@/lib/apps/registry';
import { throttleKeyOf } from '@/lib/contrib/auth/backends';
import { type ThrottleKind, userAccount } from '@/lib/contrib/auth/sign-in/attempts';
import { findUserByName, getUserModel } from '@/lib/contrib/auth/users/user-model';
import { networkOf } from '@/lib/core/ip-address';
import { type DbClient, db } from '@/lib/db/client';
import { findSqlRows } from '@/lib/db/sql-delegate';
import { accountKey } from './keys';

/** A counter, for a person: `who` is a username, a mail address, a network, or says it is not known. */
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

// People whom the log is asked for: as many as a person reads a list of.
const MOST_NAMED = 1000;

const KINDS: readonly ThrottleKind[] = ['login', 'password_reset', 'password_change'];

/**
 * Everything that is counted at the moment, the longest wait first. Counters hold no names: they are
 * compared with the hashes of `names`, and of the people at whom the security log has failed tries
 * since the oldest counter began, a thousand at most. What is none of these stays without a name, and
 * may have been a password. Three statements, however many users there are.
 */
export async function listAttempts(
  names: readonly string[] = [],
  now = new Date(),
): Promise<CountedTries[]> {
  const rows = await db.throttle.findMany({
    where: { tries: { gt: 0 } },
    orderBy: [{ blockedUntil: 'desc' }, { id: 'asc' }],
  });
  const starts = rows.flatMap((row) => (row.scope === 'network' ? [] : [row.started.getTime()]));
  const people = starts.length > 0 ? await triedSince(new Date(Math.min(...starts))) : [];
  const known = namesByKey([...people, ...names.map((name) => ({ username: name, email: name }))]);
  return rows.map(({ kind, scope, key, tries, refused, blockedUntil }) => ({
    kind,
    scope,
    who: scope === 'network' ? key : (known.get(accountPart(key)) ?? 'no known name'),
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
  const keys = await accountKeysOf(who);
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

/** The keys of the counters of an account, whose username or mail address is given; not of its devices. */
export async function accountKeysOf(who: string): Promise<ReadonlySet<string>> {
  const user = await findUserByName(who);
  const names = [
    who,
    await throttleKeyOf({ username: who }),
    ...(user ? [userAccount(user.id)] : []),
  ];
  return new Set(names.flatMap((name) => KINDS.map((kind) => accountKey(kind, name))));
}

/** The keys of the counters of people by their ids, likewise. One statement. */
export async function accountKeysOfPeople(ids: readonly number[]): Promise<string[]> {
  return (await peopleOf(ids)).flatMap((person) => keysOfPerson(person));
}

/**
 * The people whom counters of these keys are known to be about, as `listAttempts` knows them, by the
 * account's part of the key: two statements, however many counters.
 */
export async function knownOwners(
  counters: readonly { key: string; scope: string; started: Date }[],
): Promise<Map<string, number>> {
  const starts = counters.flatMap(({ scope, started }) =>
    scope === 'network' ? [] : [started.getTime()],
  );
  if (starts.length === 0) return new Map();
  const owners = new Map<string, number>();
  for (const person of await triedSince(new Date(Math.min(...starts)))) {
    const { id } = person;
    if (id !== undefined) for (const key of keysOfPerson({ ...person, id })) owners.set(key, id);
  }
  return owners;
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
  const model = getUserModel();
  const { USERNAME_FIELD, EMAIL_FIELD } = model;
  const owners = [];
  for (let last = 0; keys.size > 0; ) {
    const rows = await findSqlRows(client, model, {
      where: { id: { gt: last } },
      fields: ['id', USERNAME_FIELD, EMAIL_FIELD, 'isSuperuser'],
      orderBy: 'id',
      take: PAGE,
    });
    if (rows.length === 0) break;
    for (const row of rows) {
      const [username, email] = [String(row[USERNAME_FIELD]), String(row[EMAIL_FIELD])];
      if (!keysOfPerson({ id: row.id, username, email }).some((key) => keys.has(key))) continue;
      owners.push({ id: row.id, username, isSuperuser: row['isSuperuser'] === true });
    }
    last = rows.at(-1)?.id ?? last;
  }
  return owners;
}

/** By what tries at somebody may be counted: by either name in every form that is folded or not. */
export function keysOfPerson({ id, username, email }: Named & { id: number }): string[] {
  const names = [userAccount(id), username, ...(email === '' ? [] : [email])];
  return names.flatMap((name) => [accountKey('login', name), accountKey('password_reset', name)]);
}

type Named = { id?: number; username: string; email: string };

async function triedSince(start: Date): Promise<Named[]> {
  const ids = new Set<number>();
  for (const tried of brought('triedPeople')) {
    for (const id of await tried(start, MOST_NAMED)) ids.add(id);
  }
  return peopleOf([...ids]);
}

async function peopleOf(ids: readonly number[]): Promise<(Named & { id: number })[]> {
  if (ids.length === 0) return [];
  const model = getUserModel();
  const { USERNAME_FIELD, EMAIL_FIELD } = model;
  const where = { id: { in: [...ids] } };
  const fields = ['id', USERNAME_FIELD, EMAIL_FIELD];
  const rows = await findSqlRows(db, model, { where, fields });
  return rows.map((row) => ({
    id: row.id,
    username: String(row[USERNAME_FIELD]),
    email: String(row[EMAIL_FIELD]),
  }));
}

function namesByKey(people: readonly Named[]): Map<string, string> {
  return new Map(
    people.flatMap(({ id, username, email }) => [
      ...(id === undefined ? [] : [[accountKey('login', userAccount(id)), username] as const]),
      ...(email === '' ? [] : [[accountKey('password_reset', email), email] as const]),
      [accountKey('login', username), username],
    ]),
  );
}

/**
 * The counters of accounts of these keys, and of their devices, whose keys begin with the account's: a
 * condition that an index serves, since few counters are of devices.
 */
export function countersOf(keys: Iterable<string>) {
  const all = [...keys];
  const kind = { in: [...KINDS] };
  return {
    OR: [
      { kind, scope: 'account', key: { in: all } },
      ...all.map((key) => ({ kind, scope: 'device', key: { startsWith: `${key}:` } })),
    ],
  };
}

/** The account's part of a counter's key. */
export function accountPart(key: string): string {
  return key.split(':')[0] ?? key;
}
