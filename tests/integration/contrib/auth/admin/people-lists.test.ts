import { beforeAll, describe, expect, it } from 'vitest';
import { isInstalled, type PermissionName } from '@/lib/apps/installed';
import { type ChangeList, getChangeList } from '@/lib/contrib/admin/list/change-list';
import { unfilteredQuery } from '@/lib/contrib/admin/list/list-query';
import type { User } from '@/lib/contrib/auth/models';
import { users } from '@/lib/contrib/auth/users/managers';
import { db } from '@/lib/db/client';
import { makeStaff, makeSuperuser, screens } from '@/tests/support/admin/staff';
import { grant, joinGroup, makeGroup, reload } from '@/tests/support/auth/grants';
import { freshDatabase } from '@/tests/support/database';
import { statementsOf } from '@/tests/support/statements';

let root: User;
let ada: User;

beforeAll(freshDatabase);
beforeAll(async () => {
  root = await makeSuperuser();
  ada = await users.createUser({
    username: 'ada',
    firstName: 'Ada',
    lastName: 'Lovelace',
    email: 'ada@example.org',
  });
  await users.createUser({ username: 'gone', isActive: false });
  for (const name of ['Analysts', 'Editors', 'Moderators', 'Writers']) {
    const perms = name === 'Moderators' ? ['auth.change_user', 'articles.view_article'] : [];
    await joinGroup(ada, await makeGroup(name, perms));
  }
});

function list(query = '', viewer = root, key = 'auth.user'): Promise<ChangeList> {
  return getChangeList(screens(key), viewer, new URLSearchParams(query));
}

function cellsOf(found: ChangeList, str: string): Map<string, unknown> {
  const row = found.rows.find((each) => each.str === str);
  return new Map(found.columns.map(({ name }, i) => [name, row?.cells[i]]));
}

function menuOf({ rows, menu }: ChangeList, str: string): string[] {
  const row = rows.find((each) => each.str === str);
  return row?.menu.map((number) => menu[number]?.label ?? '') ?? [];
}

describe('the list of users', () => {
  it('shows who they are, what they are, where they belong and whether they come', async () => {
    const cells = cellsOf(await list(), 'ada');
    const rich = (value: object) => ({ kind: 'rich', value });
    expect(cells.get('username')).toEqual(
      rich({ cell: 'person', name: 'Ada Lovelace', detail: 'ada · ada@example.org' }),
    );
    expect(cells.get('isStaff')).toEqual({ kind: 'empty' });
    expect(cells.get('lastLogin')).toEqual({ kind: 'text', value: 'Never' });
    expect(cells.get('isActive')).toEqual(rich({ cell: 'pill', text: 'Active', tone: 'good' }));
    expect(cells.get('groups')).toMatchObject({
      value: { chips: ['Analysts', 'Editors', 'Moderators'].map((text) => ({ text })), more: 1 },
    });
  });

  it('is sorted by the numbers that columns have in Django', async () => {
    const { columns } = await list();
    expect(columns.slice(0, 5).map(({ ordering }) => ordering)).toEqual([
      ...['username', 'email', 'firstName', 'lastName', 'isStaff'],
    ]);
  });

  it('tells who is inactive, by tabs and by paleness', async () => {
    const all = await list();
    expect(all.tabs.map(({ label, isCurrent }) => [label, isCurrent])).toEqual([
      ['All', true],
      ['Active', false],
      ['Inactive', false],
    ]);
    expect(all.tabs[2]).toMatchObject({ query: 'is_active__exact=0', count: { value: 1 } });
    expect(all.rows.filter(({ isMuted }) => isMuted).map(({ str }) => str)).toEqual(['gone']);
    const inactive = await list('is_active__exact=0&q=gone');
    expect(inactive.tabs.map(({ isCurrent }) => isCurrent)).toEqual([false, false, true]);
    expect(inactive.tabs[1]?.query).toBe('is_active__exact=1&q=gone');
  });

  it('has the columns that are chosen, under the numbers that all have', async () => {
    const shownIn = ({ columns }: ChangeList) =>
      columns.flatMap(({ name, isHidden, isStacked }) => (isHidden || isStacked ? [] : [name]));
    const all = await list();
    const chosen = await list('_columns=groups&_columns=bogus&o=-4');
    expect(shownIn(chosen)).toEqual(['username', 'groups']);
    expect(chosen.columns.map(({ name }) => name)).toEqual(all.columns.map(({ name }) => name));
    expect(chosen.sorted).toEqual((await list('o=-4')).sorted);
    expect(cellsOf(chosen, 'ada').get('isActive')).toEqual({ kind: 'empty' });
    expect(shownIn(await list('_columns=bogus'))).toEqual(shownIn(all));
    const { query } = await list('_columns=groups&q=ada&is_active__exact=1');
    expect(unfilteredQuery(query)).toBe('_columns=groups');
    const counted = async (text: string) =>
      (await statementsOf(async () => list(text, await reload(root)))).length;
    expect(await counted('_columns=is_active&q=ada')).toBeLessThan(await counted('q=ada'));
  });

  it('takes as many statements for a hundred people as for two', async () => {
    const viewer = await makeStaff('auth.change_user', 'auth.view_group', 'sessions.view_session');
    const counted = async (query: string) =>
      (await statementsOf(async () => list(query, await reload(viewer)))).length;
    await counted('q=ada');
    const few = await counted('username__in=ada,gone');
    const data = Array.from({ length: 100 }, (_, i) => ({
      ...{ username: `many${i}`, password: '!', firstName: '', lastName: '', email: '' },
      ...{ isActive: true, isStaff: false, isSuperuser: false, dateJoined: new Date() },
    }));
    await db.user.createMany({ data });
    const many = await db.user.findMany({ where: { username: { startsWith: 'many' } } });
    const [group] = await db.group.findMany();
    const groupId = group?.id ?? 0;
    await db.userGroup.createMany({ data: many.map(({ id }) => ({ userId: id, groupId })) });
    expect(await counted('username__startswith=many')).toBe(few);
  });
});

const SET_PASSWORD: [PermissionName, (found: ChangeList) => boolean] = [
  'auth.change_user',
  (found) => menuOf(found, 'ada').includes('Send set-password link'),
];

describe('of the list of users nobody is shown what they may not view', () => {
  const EVERYTHING: PermissionName[] = [
    ...(['auth.change_user', 'auth.view_group', 'sessions.view_session'] as const),
  ];

  it.each<[PermissionName, (found: ChangeList) => boolean]>([
    [
      'auth.view_group',
      ({ rows, columns }) =>
        JSON.stringify(rows).includes('Moderators') ||
        columns.some(({ name }) => name === 'groups'),
    ],
    ['sessions.view_session', (found) => menuOf(found, 'ada').includes('Sessions')],
    ['auth.change_user', (found) => menuOf(found, 'ada').includes('Offboard')],
    ...(isInstalled('account') ? [SET_PASSWORD] : []),
  ])('%s', async (perm, isTold) => {
    const all = await makeStaff(...EVERYTHING, 'articles.view_article');
    expect(isTold(await list('q=ada', all))).toBe(true);
    const others = EVERYTHING.filter((each) => each !== perm);
    const some = await makeStaff(...others, 'auth.view_user', 'articles.view_article');
    expect(isTold(await list('q=ada', some))).toBe(false);
  });

  it('offers nothing against who holds more, nor against oneself', async () => {
    const clerk = await makeStaff('auth.change_user', 'auth.view_user');
    const strong = await users.createUser({ username: 'strong' });
    await grant(strong, 'articles.publish_article');
    for (const { username } of [strong, root, clerk]) {
      const found = await list(`q=${username}`, clerk);
      for (const deed of ['Offboard', 'Send set-password link']) {
        expect(menuOf(found, username)).not.toContain(deed);
      }
    }
    expect(menuOf(await list('q=strong'), 'strong')).toContain('Offboard');
  });
});

describe('the list of groups', () => {
  it('shows how many people and permissions each has, and what is power over people', async () => {
    const cells = cellsOf(await list('', root, 'auth.group'), 'Moderators');
    expect(cells.get('members')).toMatchObject({ value: { parts: [{ text: '1' }] } });
    expect(cells.get('permissions')).toEqual({ kind: 'text', value: '2' });
    expect(cells.get('powers')).toMatchObject({
      value: { chips: [{ text: 'Can change user' }], more: 0 },
    });
    const none = cellsOf(await list('', root, 'auth.group'), 'Writers');
    expect([none.get('permissions'), none.get('powers')]).toEqual([
      { kind: 'text', value: '0' },
      { kind: 'empty' },
    ]);
  });

  it('counts members for who may view people', async () => {
    const names = async (viewer: User) =>
      (await list('', viewer, 'auth.group')).columns.map(({ name }) => name);
    expect(await names(await makeStaff('auth.view_group'))).not.toContain('members');
    expect(await names(await makeStaff('auth.view_group', 'auth.view_user'))).toContain('members');
  });

  it('takes as many statements for a hundred groups as for two', async () => {
    const counted = async (query: string) =>
      (await statementsOf(() => list(query, root, 'auth.group'))).length;
    const few = await counted('name__in=Editors,Writers');
    await db.group.createMany({ data: Array.from({ length: 100 }, (_, i) => ({ name: `g${i}` })) });
    expect(await counted('name__startswith=g')).toBe(few);
  });
});
