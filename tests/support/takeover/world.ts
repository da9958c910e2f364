import fc from 'fast-check';
import { User } from '@/lib/contrib/auth/models';
import { db } from '@/lib/db/client';
import { accountKey } from '@/lib/extras/throttling/keys';

/** What somebody has to hold to do anything at all to others, and a few that only are held. */
export const POOL = [
  ...['auth.view_user', 'auth.change_user', 'auth.add_user', 'auth.delete_user'],
  ...['auth.view_group', 'auth.change_group', 'auth.add_group', 'auth.delete_group'],
  ...['sessions.view_session', 'sessions.delete_session', 'admin.delete_logentry'],
  ...['security.view_throttle', 'security.delete_throttle', 'articles.publish_article'],
] as const;

const CHANGE = 'auth.change_user';

/** Whoever is a superuser holds this besides. */
const EVERYTHING = 'everything';

type Drawn = {
  direct: string[];
  groups: number[];
  isActive: boolean;
  isStaff: boolean;
  isSuperuser: boolean;
};

// Nearly always somebody who may change people, and never somebody who holds everything.
const held = fc
  .tuple(fc.subarray([...POOL], { maxLength: 9 }), fc.constantFrom(true, true, true, false))
  .map(([perms, mayChange]) => [...new Set([...perms, ...(mayChange ? [CHANGE] : [])])]);
const anybody: fc.Arbitrary<Drawn> = fc.record({
  direct: fc.subarray([...POOL], { minLength: 1, maxLength: 5 }),
  groups: fc.subarray([0, 1, 2]),
  isActive: fc.constantFrom(true, true, false),
  isStaff: fc.boolean(),
  isSuperuser: fc.constantFrom(false, false, false, true),
});

/** A member of the staff who means harm, three others, and three groups. */
export const drawnWorld = fc.record({
  groups: fc.array(fc.subarray([...POOL], { maxLength: 3 }), { minLength: 3, maxLength: 3 }),
  actor: fc.record({ direct: held, groups: fc.subarray([0, 1, 2], { maxLength: 1 }) }),
  others: fc.array(anybody, { minLength: 3, maxLength: 3 }),
});

export type DrawnWorld = typeof drawnWorld extends fc.Arbitrary<infer W> ? W : never;

/** A world as it stands in the database; everybody in it has a session and a wait. */
export type World = { actor: User; people: User[]; groups: number[] };

let made = 0;

/** Make it, in the place of the one before. */
export async function makeWorld({ groups, actor, others }: DrawnWorld): Promise<World> {
  made += 1;
  await clear();
  const idOf = await permissionIds();
  const ids: number[] = [];
  for (const [index, perms] of groups.entries()) {
    const permissions = { create: perms.map((perm) => ({ permissionId: idOf(perm) })) };
    const data = { name: `world ${made} group ${index}`, permissions };
    ids.push((await db.group.create({ data })).id);
  }
  const staff = { isActive: true, isStaff: true, isSuperuser: false };
  const drawn = [{ ...actor, ...staff }, ...others];
  const now = new Date();
  for (const [index, { direct, groups: joined, ...flags }] of drawn.entries()) {
    const username = `w${made}p${index}`;
    const data = {
      ...{ username, email: `${username}@x.test`, password: '!', dateJoined: now, ...flags },
      ...{ firstName: '', lastName: '' },
      userPermissions: { create: direct.map((perm) => ({ permissionId: idOf(perm) })) },
      groups: { create: joined.map((group) => ({ groupId: ids[group] ?? 0 })) },
    };
    await db.user.create({ data });
  }
  const rows = await db.user.findMany({ omit: { password: false }, orderBy: { id: 'asc' } });
  const people = rows.map((row) => new User(row));
  await db.throttle.createMany({ data: people.map(({ username }) => waitOf(username, now)) });
  await db.session.createMany({ data: people.map(({ id }) => sessionOf(id, now)) });
  const [first] = people;
  if (!first) throw new Error('A world needs somebody.');
  return { actor: first, people, groups: ids };
}

function waitOf(username: string, now: Date) {
  const key = accountKey('login', username);
  const counted = { kind: 'login', scope: 'account', tries: 9, refused: 0 };
  return { ...counted, key, started: now, blockedUntil: now };
}

function sessionOf(userId: number, now: Date) {
  const times = { created: now, lastSeen: now, expireDate: new Date(now.getTime() + 3_600_000) };
  const sessionKey = `${made}-${userId}`;
  return { userId, sessionKey, sessionData: '{}', ipAddress: '', userAgent: '', ...times };
}

async function permissionIds(): Promise<(perm: string) => number> {
  const rows = await db.permission.findMany({ include: { contentType: true } });
  const ids = new Map(
    rows.map(({ id, codename, contentType }) => [`${contentType.appLabel}.${codename}`, id]),
  );
  return (perm) => ids.get(perm) ?? 0;
}

async function clear(): Promise<void> {
  await db.session.deleteMany({});
  await db.throttle.deleteMany({});
  await db.logEntry.deleteMany({});
  await db.userGroup.deleteMany({});
  await db.userPermission.deleteMany({});
  await db.groupPermission.deleteMany({});
  await db.group.deleteMany({});
  await db.user.deleteMany({});
}

/** All of one person that a step could change. */
export type State = {
  id: number;
  name: string;
  /** What they hold, whether their account is active or not. */
  holds: ReadonlySet<string>;
  identity: string;
  isActive: boolean;
  isStaff: boolean;
  sessions: number;
  waits: number;
};

/** Everybody there is, by id. Tries are counted under the names that people had at first. */
export async function statesOf({ people }: World): Promise<Map<number, State>> {
  const granted = { include: { permission: { include: { contentType: true } } } } as const;
  const rows = await db.user.findMany({
    omit: { password: false },
    include: {
      userPermissions: granted,
      groups: { include: { group: { include: { permissions: granted } } } },
    },
  });
  const sessions = await db.session.findMany({ select: { userId: true } });
  const throttles = await db.throttle.findMany({ select: { key: true } });
  const keys = new Set(throttles.map(({ key }) => key));
  const names = new Map(people.map(({ id, username }) => [id, username]));
  return new Map(
    rows.map((row) => {
      const { id, username, email, password, isActive, isStaff, isSuperuser } = row;
      const perms = [
        ...row.userPermissions,
        ...row.groups.flatMap(({ group }) => group.permissions),
      ].map(({ permission: { codename, contentType } }) => `${contentType.appLabel}.${codename}`);
      const state: State = {
        ...{ id, name: username, isActive, isStaff },
        holds: new Set(isSuperuser ? [...POOL, EVERYTHING] : perms),
        identity: JSON.stringify([username, email, password]),
        sessions: sessions.filter(({ userId }) => userId === id).length,
        waits: keys.has(accountKey('login', names.get(id) ?? username)) ? 1 : 0,
      };
      return [id, state];
    }),
  );
}
