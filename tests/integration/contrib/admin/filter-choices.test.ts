import { beforeAll, describe, expect, it } from 'vitest';
import { getChangeList } from '@/lib/contrib/admin/list/change-list';
import { filterSpecs } from '@/lib/contrib/admin/list/filters';
import { parseListQuery } from '@/lib/contrib/admin/list/list-query';
import type { AdminUser, ModelAdmin } from '@/lib/contrib/admin/options';
import type { User } from '@/lib/contrib/auth/models';
import { db, Prisma } from '@/lib/db/client';
import { makeSuperuser, screens } from '@/tests/support/admin/staff';
import { makeGroup } from '@/tests/support/auth/grants';
import { freshDatabase } from '@/tests/support/database';

const names = Array.from({ length: 130 }, (_, i) => `team ${String(i).padStart(3, '0')}`);
let last = 0;
let blank = 0;
let root: User;

beforeAll(async () => {
  await freshDatabase();
  const [firstName = ''] = names.map((name) => `${name} 100%`);
  root = await makeSuperuser();
  await db.user.update({ where: { id: root.id }, data: { firstName } });
  for (const name of names) last = await makeGroup(name);
  blank = await makeGroup('\u3164');
  await db.user.createMany({
    data: names.map((name) => ({
      ...{ username: name, firstName: `${name} 100%`, lastName: '', email: '', password: '!' },
      ...{ isStaff: false, isActive: true, isSuperuser: false, dateJoined: new Date() },
    })),
  });
});

async function filterOf(field: string, query: string, admin: ModelAdmin = screens('auth.user')) {
  const filtered = { ...admin, options: { ...admin.options, listFilter: [field] } };
  const viewer = { user: root, visible: Prisma.sql`TRUE` };
  const [spec] = await filterSpecs(filtered, parseListQuery(new URLSearchParams(query)), viewer);
  if (!spec) throw new Error(`There is no filter ${field}.`);
  return {
    ...spec,
    labels: spec.choices.map(({ label }) => label),
    selected: spec.choices.filter(({ isSelected }) => isSelected).map(({ label }) => label),
  };
}

describe('a filter with more than a hundred choices', () => {
  it('says how many there are, and finds the others', async () => {
    const groups = await filterOf('groups', '');
    expect(groups.labels).toHaveLength(102);
    expect(groups.more).toEqual({ shown: 100, total: { value: 131, isExact: true } });
    expect(groups.search).toEqual({ name: '_find_groups', value: '' });
    const found = await filterOf('groups', '_find_groups=TEAM+012');
    expect(found.labels).toEqual(['All', 'team 012', 'None']);
    expect(found.more).toBeNull();
    const values = await filterOf('firstName', '');
    expect(values.labels).toHaveLength(101);
    expect(values.more).toEqual({ shown: 100, total: { value: 130, isExact: true } });
    const stored = await filterOf('firstName', '_find_first_name=129+100%25');
    expect(stored.labels).toEqual(['All', 'team 129 100%']);
  });

  it('names the choice in force, wherever it would stand, and forgets the search for it', async () => {
    const groups = await filterOf('groups', `groups__id__exact=${last}`);
    expect(groups.selected).toEqual(['team 129']);
    const values = await filterOf('firstName', 'first_name=team+129+100%25');
    expect(values.selected).toEqual(['team 129 100%']);
    const found = await filterOf('groups', `_find_groups=team+001&groups__id__exact=${last}`);
    expect(found.labels).toEqual(['All', 'team 129', 'team 001', 'None']);
    expect(found.choices.every(({ query }) => !query.includes('_find_'))).toBe(true);
    expect((await filterOf('groups', 'groups__id__exact=2147483647')).selected).toEqual([]);
  });

  it('stays there when its search finds nothing, whatever was typed', async () => {
    for (const text of ['nothing', 'a\0b', 'x'.repeat(1001), '\ud800', "'--", '%']) {
      const query = new URLSearchParams({ _find_groups: text }).toString();
      expect((await filterOf('groups', query)).labels).toEqual(['All', 'None']);
    }
  });

  it('leaves the list itself alone', async () => {
    const { lookups } = parseListQuery(new URLSearchParams('_find_groups=x&is_staff__exact=1'));
    expect([...lookups.keys()]).toEqual(['is_staff__exact']);
  });

  it('shows a name of which nothing can be seen as a dash', async () => {
    expect((await filterOf('groups', `groups__id__exact=${blank}`)).selected).toEqual(['–']);
  });

  it('finds nobody by a name for who may not read it', async () => {
    const [users, entries] = [screens('auth.user'), screens('admin.logentry')];
    const masked = { ...users, areNamesHidden: true };
    const site = { find: (key: string) => (key === 'auth.user' ? masked : entries.site.find(key)) };
    const spec = await filterOf('user', '_find_user=team+129', { ...entries, site });
    expect(spec.search).toBeNull();
    expect(spec.labels).toHaveLength(101);
  });
});

describe('a filter of a list of which each sees their own rows', () => {
  const ownArticles = ({ id }: AdminUser) => Prisma.sql`t.author_id = ${id}`;
  const ownAccount = ({ id }: AdminUser) => Prisma.sql`t.id = ${id}`;

  async function labelsOf(user: User, query: string): Promise<string[]> {
    const articles = screens('articles.article');
    const users = screens('auth.user');
    const people = { ...users, options: { ...users.options, getQueryset: ownAccount } };
    const site = { find: (key: string) => (key === 'auth.user' ? people : users.site.find(key)) };
    const options = {
      ...articles.options,
      getQueryset: ownArticles,
      listFilter: ['title', 'author'],
    };
    const params = new URLSearchParams(query);
    const { filters } = await getChangeList({ ...articles, options, site }, user, params);
    return filters.flatMap(({ choices, more }) => [
      ...choices.map(({ label }) => label),
      ...(more ? [`of ${more.total.value}`] : []),
    ]);
  }

  it('gives away nothing of the rows of another one', async () => {
    const other = await makeSuperuser();
    const article = (title: string, author: User) => ({
      ...{ title, body: '', authorId: author.id, isPublished: true },
      ...{ created: new Date(), modified: new Date() },
    });
    const many = names.map((name) => article(`theirs ${name}`, other));
    await db.article.createMany({ data: [article('mine', root), ...many] });
    const mine = ['All', 'mine', 'All', root.username, 'None'];
    expect(await labelsOf(root, '')).toEqual(mine);
    expect(await labelsOf(root, '_find_title=theirs')).toEqual(['All', ...mine.slice(2)]);
    expect(await labelsOf(root, `_find_author=${other.username}`)).toEqual([
      ...['All', 'mine', 'All', 'None'],
    ]);
    expect(await labelsOf(root, `author__id__exact=${other.id}`)).toEqual(mine);
    expect(await labelsOf(other, '')).toEqual([
      ...['All', ...many.slice(0, 100).map(({ title }) => title), 'of 130'],
      ...['All', other.username, 'None'],
    ]);
  });
});

describe('the counts at the choices of filters', () => {
  async function counts(query: string, showFacets?: 'allow' | 'always' | 'never') {
    const users = screens('auth.user');
    const options = {
      ...users.options,
      ...(showFacets && { showFacets }),
      getQueryset: () => Prisma.sql`t.username <> 'team 001'`,
      listFilter: ['isActive', 'firstName'],
    };
    const params = new URLSearchParams(query);
    const { filters, facets } = await getChangeList({ ...users, options }, root, params);
    const [active, named] = filters.map(({ choices }) =>
      choices.slice(0, 3).map(({ label, count }) => [label, count?.value ?? null]),
    );
    return { active, named, other: facets.other };
  }

  it('are of what each leaves with the search and the other filters', async () => {
    await db.user.updateMany({
      where: { username: { in: ['team 001', 'team 002', 'team 003'] } },
      data: { isActive: false },
    });
    const others = await db.user.count({ where: { isActive: true } });
    expect(await counts('_facets=True&o=1')).toMatchObject({
      active: [
        ['All', null],
        ['Yes', others],
        ['No', 2],
      ],
      other: 'o=1',
    });
    const { active, named } = await counts('_facets=True&q=team&first_name=team+002+100%25');
    expect(active).toEqual([
      ['All', null],
      ['Yes', 0],
      ['No', 1],
    ]);
    expect(named?.[1]).toEqual(['team 002 100%', 1]);
  });

  it('are there when they are asked for, always or never', async () => {
    const uncounted = [
      ['All', null],
      ['Yes', null],
      ['No', null],
    ];
    const { active, other } = await counts('q=002');
    expect([active, other]).toEqual([uncounted, '_facets=True&q=002']);
    expect(await counts('_facets=True', 'never')).toMatchObject({ active: uncounted, other: null });
    const always = await counts('', 'always');
    expect(always.other).toBeNull();
    expect(always.active?.[2]).toEqual(['No', 2]);
  });
});
