import { pbkdf2Sync } from 'node:crypto';
import { db } from '@/lib/db/client';
import type { People } from './drive-admin';

export const PEOPLE: People = {
  root: 'root',
  viewer: 'viewer',
  plain: 'plain',
  password: 'Correct-horse-battery',
};

const NAMES = ['Ann', 'Bob', 'annie', '', 'Zoë'];
const LAST_NAMES = ['Lee', 'de la Cruz', '', 'ann'];
const ORDINARY = 120;
const DOOMED = 12;
const DELETION = 3;

/** The same people and groups, with the same ids, on whichever site's database this is. */
export async function fillWorld(): Promise<void> {
  const names = ['Readers', 'Editors', 'Gone 1', 'Gone 2'];
  await db.group.createMany({ data: names.map((name) => ({ name })) });
  const key = pbkdf2Sync(PEOPLE.password, 'salt', 1000, 32, 'sha256').toString('base64');
  const blank = { firstName: '', lastName: '', email: '', isSuperuser: false, isActive: true };
  const joined = (day: number) => new Date(Date.UTC(2023, 0, 1 + day * 10, 8, day % 60, 7, 125));
  const person = (username: string, day: number) => ({
    ...{ ...blank, username, isStaff: false, dateJoined: joined(day) },
    password: `pbkdf2_sha256$1000$salt$${key}`,
  });
  await db.user.createMany({
    data: [
      { ...person(PEOPLE.root, 0), isStaff: true, isSuperuser: true },
      { ...person(PEOPLE.viewer, 1), isStaff: true },
      person(PEOPLE.plain, 2),
      ...Array.from({ length: ORDINARY }, (_, i) => ({
        ...person(`user${String(i * 7919).padStart(6, '0')}`, i),
        firstName: NAMES[i % NAMES.length] ?? '',
        lastName: LAST_NAMES[i % LAST_NAMES.length] ?? '',
        email: i % 3 === 0 ? '' : `u${i}@example.${i % 2 === 0 ? 'org' : 'com'}`,
        isStaff: i % 9 === 0,
        isActive: i % 11 !== 0,
      })),
      ...Array.from({ length: DOOMED }, (_, i) => person(`gone${i}`, i)),
    ],
  });
  const users = await db.user.findMany({ orderBy: { id: 'asc' } });
  const members = users.filter(({ username }) => /^(user|gone)/.test(username));
  await db.userGroup.createMany({
    data: members.flatMap(({ id }, i) =>
      i % 4 === 0 ? [] : [{ userId: id, groupId: 1 + (i % 4) }],
    ),
  });
  const where = { codename: 'view_user', contentType: { appLabel: 'auth' } };
  const { id: permissionId } = await db.permission.findFirstOrThrow({ where });
  await db.userPermission.create({ data: { userId: 2, permissionId } });
  await db.groupPermission.create({ data: { groupId: 3, permissionId } });
}

export type World = Awaited<ReturnType<typeof readWorld>>;

/**
 * What the script left in the tables, with names in place of the ids that differ between sites. Of
 * the history deletions stand apart, sorted: in which order a list deletes rows is not promised.
 */
export async function readWorld(start: Date) {
  const permission = { include: { contentType: true } } as const;
  const users = await db.user.findMany({
    omit: { password: false },
    include: { groups: true, userPermissions: { include: { permission } } },
    orderBy: { id: 'asc' },
  });
  const groups = await db.group.findMany({
    include: { permissions: { include: { permission } } },
    orderBy: { id: 'asc' },
  });
  const log = await db.logEntry.findMany({
    include: { contentType: true },
    orderBy: { id: 'asc' },
  });
  return {
    users: users.map(
      ({ password, lastLogin, dateJoined, userPermissions, groups: held, ...user }) => ({
        ...user,
        dateJoined: dateJoined > start ? 'now' : dateJoined.toISOString(),
        hasUsablePassword: !password.startsWith('!'),
        hasSignedIn: lastLogin !== null,
        groups: held.map(({ groupId }) => groupId).sort(),
        permissions: codenames(userPermissions),
      }),
    ),
    groups: groups.map(({ permissions, ...group }) => ({
      ...group,
      permissions: codenames(permissions),
    })),
    acts: log.filter(({ actionFlag }) => actionFlag !== DELETION).map(lineOf),
    deletions: log
      .filter(({ actionFlag }) => actionFlag === DELETION)
      .map(lineOf)
      .sort(),
  };
}

type Entry = {
  userId: number;
  contentType: { model: string } | null;
  actionFlag: number;
  objectId: string | null;
  objectRepr: string;
  changeMessage: string;
};

function lineOf({ userId, contentType, actionFlag, objectId, ...entry }: Entry): string {
  const { objectRepr, changeMessage } = entry;
  return [userId, contentType?.model, actionFlag, objectId, objectRepr, changeMessage].join(' · ');
}

type Held = { permission: { codename: string; contentType: { appLabel: string } } };

function codenames(held: readonly Held[]): string[] {
  return held
    .map(({ permission: { codename, contentType } }) => `${contentType.appLabel}.${codename}`)
    .sort();
}
