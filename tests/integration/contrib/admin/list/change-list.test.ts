import { beforeAll, describe, expect, it } from 'vitest';
import { type ChangeList, getChangeList } from '@/lib/contrib/admin/list/change-list';
import { IncorrectLookup } from '@/lib/contrib/admin/lookups/incorrect-lookup';
import { defineAdmin } from '@/lib/contrib/admin/options';
import type { User } from '@/lib/contrib/auth/models';
import { users } from '@/lib/contrib/auth/users/managers';
import { SuspiciousOperation } from '@/lib/core/exceptions';
import { db, Prisma } from '@/lib/db/client';
import { makeSuperuser, screens, signIn } from '@/tests/support/admin/staff';
import { joinGroup, makeGroup } from '@/tests/support/auth/grants';
import { freshDatabase, testDatabase } from '@/tests/support/database';

let root: User;

beforeAll(freshDatabase);
beforeAll(async () => {
  root = await makeSuperuser();
  const people = [
    { username: 'ada', firstName: 'Ada', lastName: 'Lovelace', email: 'ada@x.org', isStaff: true },
    { username: 'alan', firstName: 'Alan', lastName: 'Turing', email: 'alan@y.org' },
    { username: 'grace', firstName: 'Grace', lastName: 'Hopper', email: 'grace_h@x.org' },
    { username: 'gone', firstName: '100%', lastName: 'Away', email: '', isActive: false },
  ];
  for (const person of people) await users.createUser(person);
  const joined = new Date('2001-02-03T04:05:06Z');
  await db.user.updateMany({ where: { username: 'ada' }, data: { dateJoined: joined } });
});

function list(query: string, key = 'auth.user'): Promise<ChangeList> {
  return getChangeList(screens(key), root, new URLSearchParams(query));
}

async function names(query: string, key = 'auth.user'): Promise<string[]> {
  const { rows } = await list(query, key);
  return rows.map(({ str }) => str).filter((name) => name !== root.username);
}

describe('a search', () => {
  it.each([
    ['q=ADA', ['ada']],
    ['q=a x', ['ada', 'grace']],
    ['q="a@x"', ['ada']],
    ["q='Alan'", ['alan']],
    ['q=turing alan', ['alan']],
    ['q=alan hopper', []],
    ['q=_h', ['grace']],
    ['q=100%25', ['gone']],
    ['q=\\', []],
    ['q=   ', ['ada', 'alan', 'gone', 'grace']],
    ['q="', ['ada', 'alan', 'gone', 'grace']],
  ])('%s finds what holds every word', async (query, expected) => {
    expect(await names(query)).toEqual(expected);
  });

  it('goes through foreign keys', async () => {
    const author = await db.user.findUniqueOrThrow({ where: { username: 'ada' } });
    const now = new Date();
    const data = { title: 'Notes', body: '', isPublished: true, created: now, modified: now };
    await db.article.create({ data: { ...data, authorId: author.id } });
    await db.article.create({ data: { ...data, title: 'Other' } });
    expect(await names('q=ADA', 'articles.article')).toEqual(['Notes']);
    const { rows } = await list('q=notes', 'articles.article');
    expect(rows[0]?.cells[1]).toEqual({ kind: 'text', value: 'ada' });
  });

  it.each([
    ['%00', 'Null characters are not allowed.'],
    ['x'.repeat(1001), 'A search has at most 1000 characters.'],
    ['a '.repeat(33), 'A search has at most 32 words.'],
  ])('that no column can hold is left aside, and says so', async (text, message) => {
    const { searchError, rows } = await list(`q=${text}`);
    expect(searchError).toBe(message);
    expect(rows).toHaveLength(5);
  });

  it('takes the lookups of a declaration', async () => {
    const admin = defineAdmin('auth.user', {
      searchFields: ['^username', '=firstName', '@lastName'],
      ordering: ['username'],
    });
    const found = async (q: string) =>
      (await getChangeList(admin, root, new URLSearchParams({ q }))).rows.map(({ str }) => str);
    expect(await found('AL')).toEqual(['alan']);
    expect(await found('lan')).toEqual([]);
    expect(await found('alan')).toEqual(['alan']);
    expect(await found('100%')).toEqual(['gone']);
    expect(await found('hopper')).toEqual(['grace']);
  });

  it('never goes through a password', async () => {
    const admin = defineAdmin('auth.user', { searchFields: ['password'] });
    await expect(getChangeList(admin, root, new URLSearchParams('q=x'))).rejects.toThrow(TypeError);
  });
});

describe('the query of a list', () => {
  it.each([
    ['is_staff__exact=1', ['ada']],
    ['is_staff=True', ['ada']],
    ['is_active__exact=0', ['gone']],
    ['is_active__in=0,1&is_staff=1', ['ada']],
    ['username__startswith=a', ['ada', 'alan']],
    ['username__in=ada,grace', ['ada', 'grace']],
    ['username=ada&username=gone', ['ada', 'gone']],
    ['email__contains=x', ['ada', 'grace']],
    ['email__exact=', ['gone']],
    ['email__iendswith=Y.ORG', ['alan']],
    ['username__gte=b', ['gone', 'grace']],
    ['last_login__isnull=1&username__lt=b', ['ada', 'alan']],
    ['last_login__isnull=False', []],
    ['date_joined__lt=2002-01-01', ['ada']],
    ['date_joined__gte=2000-01-01&date_joined__lt=2001-02-03 04:05:07%2B00:00', ['ada']],
    ['date_joined__gt=2001-02-03T05:05:06%2B01:00&username=ada', []],
    ['date_joined__year=2001', ['ada']],
    ['date_joined__date=2001-02-03', ['ada']],
    ['date_joined__year__gt=2001', ['alan', 'gone', 'grace']],
    ['date_joined__date__lte=2001-02-02', []],
    ['id__exact=99999999999', []],
    ['id__lt=99999999999&id__gt=-99999999999&username=ada', ['ada']],
    ['pk__in=0,-1', []],
  ])('%s filters by the fields of the model', async (query, expected) => {
    expect(await names(query)).toEqual(expected);
  });

  it.each([
    'password=x',
    'password__startswith=pbkdf2',
    'password__isnull=1',
    'user_permissions__content_type__app_label=auth',
    'groups__permissions__codename=x',
    'groups__permissions=1',
    'groups__name=x',
  ])('%s is refused', async (query) => {
    await expect(list(query)).rejects.toThrow(SuspiciousOperation);
  });

  it('is refused through a foreign key too', async () => {
    for (const query of ['author__password__startswith=p', 'author__username=x']) {
      await expect(list(query, 'articles.article')).rejects.toThrow(SuspiciousOperation);
    }
    expect(await names('author__isnull=True', 'articles.article')).toEqual(['Other']);
    expect(await names('author_id__gt=0', 'articles.article')).toEqual(['Notes']);
  });

  it.each([
    'bogus=1',
    'username__bogus=1',
    'username__regex=a',
    'is_staff__exact=foo',
    'is_staff__gt=1',
    'id=x',
    'id=1.5',
    'id__in=1,,2',
    'groups__id__exact=x',
    'groups__bogus=1',
    'log_entries=1',
    'date_joined__gte=yesterday',
    'date_joined__gte=2001-02-30',
    'date_joined__gte=0000-01-01',
    'date_joined__year=0',
    'date_joined__year__isnull__x=1',
    'username=%00',
    '__proto__=1',
    'constructor=1',
    '__=1',
    '=1',
    `id__in=${Array(2001).fill(1).join(',')}`,
  ])('%s makes no sense', async (query) => {
    await expect(list(query)).rejects.toThrow(IncorrectLookup);
  });

  it('filters by groups, and offers them once there are any', async () => {
    expect((await list('')).filters.map(({ title }) => title)).toEqual([
      'staff status',
      'superuser status',
      'active',
      'last sign-in',
    ]);
    const id = await makeGroup('Editors');
    await joinGroup(await users.getByNaturalKey('ada').then((user) => user as User), id);
    expect(await names(`groups__id__exact=${id}`)).toEqual(['ada']);
    expect(await names(`groups=${id}`)).toEqual(['ada']);
    expect(await names('groups__isnull=True')).toEqual(['alan', 'gone', 'grace']);
    expect(await names('groups__isnull=False')).toEqual(['ada']);
    const { filters } = await list(`groups__id__exact=${id}&q=a&p=1`);
    expect(filters[3]).toEqual({
      title: 'groups',
      isActive: true,
      more: null,
      search: null,
      choices: [
        { label: 'All', query: 'q=a', isSelected: false },
        { label: 'Editors', query: `groups__id__exact=${id}&q=a`, isSelected: true },
        { label: 'None', query: 'groups__isnull=True&q=a', isSelected: false },
      ],
    });
  });

  it('finds the sessions that the page of a user leads to', async () => {
    const ada = await users.getByNaturalKey('ada');
    if (!ada) throw new Error('Nobody is ada.');
    for (const user of [ada, root]) await signIn(user);
    const links = await screens('auth.user').options.objectLinks?.({ id: ada.id }, root);
    const { href } = links?.find(({ label }) => label === 'Sessions') ?? { href: '' };
    const { rows } = await list(href.split('?')[1] ?? '', 'sessions.session');
    expect(rows.map(({ str }) => str)).toEqual([expect.stringContaining(`of user ${ada.id}`)]);
    expect(await db.session.count()).toBe(2);
  });

  it('takes filters that are declared as conditions', async () => {
    const initial = {
      parameter: 'initial',
      title: 'initial',
      choices: async () => [['a', 'A']] as const,
      condition: (value: string) =>
        value === 'a' ? Prisma.sql`t.username LIKE ${`${value}%`}` : null,
    };
    const admin = defineAdmin('auth.user', { listFilter: [initial], ordering: ['username'] });
    const found = await getChangeList(admin, root, new URLSearchParams('initial=a'));
    expect(found.rows.map(({ str }) => str)).toEqual(['ada', 'alan']);
    expect(found.filters[0]?.choices.map(({ isSelected }) => isSelected)).toEqual([false, true]);
    await expect(getChangeList(admin, root, new URLSearchParams('initial=b'))).rejects.toThrow(
      IncorrectLookup,
    );
  });
});

describe('the order', () => {
  it.each([
    ['', ['ada', 'alan', 'gone', 'grace']],
    ['o=-1', ['grace', 'gone', 'alan', 'ada']],
    ['o=5.1', ['alan', 'gone', 'grace', 'ada']],
    ['o=-5.-1', ['ada', 'grace', 'gone', 'alan']],
    ['o=-5', ['ada', 'alan', 'gone', 'grace']],
    ['o=99', ['ada', 'alan', 'gone', 'grace']],
    ['o=99.-0.x.--1.1e1.-1', ['grace', 'gone', 'alan', 'ada']],
  ])('%s is by column numbers, bad ones ignored, then as declared', async (query, expected) => {
    const { rows } = await list(query ? `is_superuser=0&${query}` : 'is_superuser=0');
    expect(rows.map(({ str }) => str)).toEqual(expected);
  });

  it('shows in the columns', async () => {
    expect([...(await list('')).sorted]).toEqual([[0, { place: 1, isDescending: false }]]);
    expect([...(await list('o=-2.1')).sorted]).toEqual([
      [1, { place: 1, isDescending: true }],
      [0, { place: 2, isDescending: false }],
    ]);
  });

  it('of a foreign key is that of the name at its other end', async () => {
    const found = await names('o=2.1', 'articles.article');
    // PostgreSQL puts what is empty last, SQLite first, as they do under Django.
    const expected = ['Notes', 'Other'];
    expect(found).toEqual(testDatabase === 'postgresql' ? expected : expected.toReversed());
  });
});

describe('the pages', () => {
  const paged = defineAdmin('auth.user', {
    listPerPage: 2,
    listMaxShowAll: 4,
    ordering: ['username'],
  });
  const page = (query: string) => getChangeList(paged, root, new URLSearchParams(query));
  const four = 'is_superuser=0';

  it('are counted from 1', async () => {
    const first = await page(four);
    expect(first).toMatchObject({ page: 1, pageCount: 2, canShowAll: true, showsAll: false });
    expect(first.rows.map(({ str }) => str)).toEqual(['ada', 'alan']);
    expect((await page(`${four}&p=2`)).rows.map(({ str }) => str)).toEqual(['gone', 'grace']);
    expect((await page(`${four}&p=x`)).page).toBe(1);
  });

  it.each(['p=3', 'p=0', 'p=-1', `p=${'9'.repeat(400)}`])('%s is none', async (query) => {
    await expect(page(`${four}&${query}`)).rejects.toThrow(IncorrectLookup);
    await expect(page(`username=ada&${query}`)).resolves.toMatchObject({ pageCount: 1 });
  });

  it('all= shows all while they are few', async () => {
    const all = await page(`${four}&all=`);
    expect(all.rows).toHaveLength(4);
    expect(all).toMatchObject({ showsAll: true, pageCount: 1 });
    expect((await page('all=')).rows).toHaveLength(2);
  });
});

describe('an empty list', () => {
  it('says which emptiness it is', async () => {
    expect((await list('q=nobody')).emptiness).toBe('filtered');
    expect((await list('')).emptiness).toBeNull();
    const nobody = defineAdmin('auth.user', { getQueryset: () => Prisma.sql`1 = 0` });
    expect((await getChangeList(nobody, root, new URLSearchParams())).emptiness).toBe('hidden');
    await db.article.deleteMany();
    expect((await list('', 'articles.article')).emptiness).toBe('nothing');
    expect((await list('q=x', 'articles.article')).emptiness).toBe('nothing');
  });
});
