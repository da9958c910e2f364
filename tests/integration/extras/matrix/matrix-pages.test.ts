import { beforeAll, describe, expect, it } from 'vitest';
import { groupGrid, rowsFor, userGrid } from '@/app/(matrix)/admin/auth/matrix/grid-props';
import type { User } from '@/lib/contrib/auth/models';
import { users } from '@/lib/contrib/auth/users/managers';
import { Http404 } from '@/lib/core/exceptions';
import { db } from '@/lib/db/client';
import { loadGroupPage } from '@/lib/extras/matrix/group-page';
import { previewChanges, saveChanges } from '@/lib/extras/matrix/matrix-save';
import { formatMatrixView, parseMatrixView } from '@/lib/extras/matrix/matrix-view';
import {
  loadGroupColumns,
  loadMatrixApps,
  loadUserColumns,
} from '@/lib/extras/matrix/permission-matrix';
import { pageOfRows } from '@/lib/extras/matrix/row-page';
import { makeSuperuser } from '@/tests/support/admin/staff';
import { permissionId } from '@/tests/support/auth/grants';
import { freshDatabase } from '@/tests/support/database';
import { statementsOf } from '@/tests/support/statements';
import { requestOf } from './matrix-cast';

const FEW = 12;
const MANY = 3000;

let root: User;

beforeAll(async () => {
  const tearDown = await freshDatabase();
  root = await makeSuperuser();
  await addGroups(0, FEW);
  return tearDown;
});

/** Groups that each hold five permissions. */
async function addGroups(from: number, to: number): Promise<void> {
  const named = (i: number) => `Team ${String(i).padStart(4, '0')}`;
  const numbers = Array.from({ length: to - from }, (_, i) => from + i);
  await db.group.createMany({ data: numbers.map((i) => ({ name: named(i) })) });
  await db.$executeRaw`
    INSERT INTO auth_group_permissions (group_id, permission_id)
    SELECT g.id, p.id FROM auth_group g
    CROSS JOIN (SELECT id FROM auth_permission ORDER BY id LIMIT 5) p
    WHERE g.name >= ${named(from)}`;
}

const viewOf = (query: Record<string, string | string[]> = {}) => parseMatrixView(query);

/** What the page asks of the database, and what it sends of the cells to the browser. */
async function drawn(query: Record<string, string> = {}) {
  const view = viewOf(query);
  let size = 0;
  let names: string[] = [];
  const statements = await statementsOf(async () => {
    const page = await loadGroupPage(root, view);
    const { apps } = pageOfRows(await loadMatrixApps(), view);
    const grid = groupGrid(await rowsFor(root, apps), page.groups, true);
    size = JSON.stringify(grid).length;
    names = page.groups.map(({ name }) => name);
  });
  return { statements: statements.length, size, names };
}

describe('the matrix of many groups', () => {
  it('asks no more often of 3,000 than of 12, and sends hardly more', async () => {
    const few = await drawn();
    expect(few.names).toHaveLength(FEW);
    await addGroups(FEW, MANY);
    const many = await drawn();
    expect(many.names).toHaveLength(20);
    expect(many.statements).toBe(few.statements);
    expect(many.statements).toBeLessThanOrEqual(4);
    expect(many.size).toBeLessThan(2 * few.size);
    const last = await drawn({ p: '150' });
    expect(last.names).toEqual(Array.from({ length: 20 }, (_, i) => `Team ${2980 + i}`));
    expect(last.statements).toBe(few.statements);
  });

  it('turns over all of them once, in the order of their names', async () => {
    const seen: string[] = [];
    for (const p of ['1', '2', '150']) seen.push(...(await drawn({ p })).names);
    const expected = [...Array(40).keys(), ...Array.from({ length: 20 }, (_, i) => 2980 + i)];
    expect(seen).toEqual(expected.map((i) => `Team ${String(i).padStart(4, '0')}`));
    const beyond = await loadGroupPage(root, viewOf({ p: '999' }));
    expect([beyond.groups, beyond.total, beyond.pageCount]).toEqual([[], MANY, 150]);
  });

  it('finds groups by name, and sets chosen ones side by side whatever is searched', async () => {
    const found = await loadGroupPage(root, viewOf({ groups: '"TEAM 299"' }));
    expect([found.total, found.groups.length]).toEqual([10, 10]);
    const [one, , other] = found.groups;
    const only = `${other?.id},${one?.id}`;
    const page = await loadGroupPage(root, viewOf({ groups: '0007', only }));
    expect(page.groups.map(({ name }) => name)).toEqual(['Team 2990', 'Team 2992']);
    expect(page.choices.map(({ name }) => name)).toEqual(['Team 2990', 'Team 2992', 'Team 0007']);
    expect((await loadGroupPage(root, viewOf({ groups: 'a\0b' }))).error).toContain('Null');
    expect((await loadGroupPage(root, viewOf({ groups: '%' }))).total).toBe(0);
  });

  it('reads the same of each group as the matrix of one', async () => {
    const { groups } = await loadGroupPage(root, viewOf({ groups: '"Team 012"' }));
    expect(groups).toHaveLength(10);
    expect(groups).toEqual(await loadGroupColumns(groups.map(({ id }) => id)));
  });

  const read = ({ digest }: { digest: string }) => ({ digest, count: '', reason: '' });

  it('saves changes of groups that stand on different pages, as they were read', async () => {
    const { groups: first } = await loadGroupPage(root, viewOf());
    const { groups: last } = await loadGroupPage(root, viewOf({ p: '150' }));
    const id = await permissionId('articles.publish_article');
    const changes = [first[0], last[0]].flatMap((group) =>
      group
        ? [{ kind: 'group' as const, id: group.id, permissionId: id, gives: !group.held.has(id) }]
        : [],
    );
    const preview = await previewChanges(root, changes);
    const [cell] = changes;
    if (!cell) throw new Error('There is no group.');
    // Somebody does the half that stands on the page out of sight.
    const other = await makeSuperuser();
    const alone = await previewChanges(other, [cell]);
    expect((await saveChanges(requestOf(other), [cell], read(alone))).isSaved).toBe(true);
    const late = await saveChanges(requestOf(root), changes, read(preview));
    expect([late.isSaved, late.review.overtaken.length]).toEqual([false, 1]);
    const rest = await saveChanges(requestOf(root), changes, read(late.review));
    expect([rest.isSaved, rest.review.columns.length]).toEqual([true, 1]);
  });

  it('shows somebody in many of them twenty, and what the others give together', async () => {
    const user = await users.createUser({ username: 'everywhere' });
    const groups = await db.group.findMany({ take: 300, orderBy: { id: 'asc' } });
    const data = groups.map(({ id: groupId }) => ({ userId: user.id, groupId }));
    await db.userGroup.createMany({ data });
    const columns = await loadUserColumns(user.id);
    if (!columns) throw new Error('There is no such user.');
    const { columns: shown } = userGrid(await rowsFor(root, await loadMatrixApps()), columns, true);
    expect(shown).toHaveLength(23);
    expect(shown.at(-1)).toMatchObject({ key: null, name: '280 more groups' });
    expect(shown.at(-1)?.held).toBe(shown.at(-2)?.held);
  });
});

describe('the address of a part of the matrix', () => {
  it('is read as it was written, and of what no link names nothing is found', () => {
    const query = { groups: 'ed', perms: 'add', app: 'auth', only: '3,5', p: '2', r: '3' };
    const view = viewOf({ ...query, show: 'differ' });
    expect(view).toMatchObject({ only: [3, 5], page: 2, rows: 3, isDiffering: true });
    const written = Object.fromEntries(new URLSearchParams(formatMatrixView(view)));
    expect(viewOf(written)).toEqual(view);
    expect(formatMatrixView(viewOf())).toBe('');
    expect(viewOf({ only: ['7', '9', '7'] }).only).toEqual([7, 9]);
    expect(viewOf({ only: Array.from({ length: 50 }, (_, i) => `${i + 1}`) }).only).toHaveLength(
      20,
    );
    for (const bad of ['p=0', 'p=x', 'r=-1', 'only=1,x', 'only=2147483648']) {
      const query = Object.fromEntries(new URLSearchParams(bad));
      expect(() => viewOf(query), bad).toThrow(Http404);
    }
  });

  it('shows whole apps, so that what is counted in them stays right', async () => {
    const apps = await loadMatrixApps();
    const all = pageOfRows(apps, viewOf());
    expect([all.pageCount, all.shown]).toEqual([1, all.total]);
    const found = pageOfRows(apps, viewOf({ perms: 'PUBLISH article' }));
    expect(found.apps.map(({ label }) => label)).toEqual(['articles']);
    expect(found.apps[0]).toEqual(apps.find(({ label }) => label === 'articles'));
    expect(pageOfRows(apps, viewOf({ app: 'auth', perms: 'publish' })).apps).toEqual([]);
    const [app] = apps;
    const model = app?.models[0];
    if (!app || !model) throw new Error('There is no app.');
    const many = Array.from({ length: 300 }, (_, i) => ({
      ...app,
      label: `app${i}`,
      models: [model],
    }));
    const pages = pageOfRows(many, viewOf());
    expect(pages.shown).toBeLessThanOrEqual(250);
    expect(pages.pageCount).toBeGreaterThan(1);
    const last = pageOfRows(many, viewOf({ r: '999' }));
    expect(last.page).toBe(pages.pageCount);
    expect(last.apps.at(-1)?.label).toBe('app299');
  });
});

describe('the members of a group in the matrix', () => {
  it('are counted to ten thousand, and no further', async () => {
    const { id } = await db.group.create({ data: { name: 'Large' } });
    const name = 'crowd ';
    await db.$executeRaw`
      INSERT INTO auth_user (password, is_superuser, username, last_name, email, is_staff, is_active,
        date_joined, first_name)
      WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 10002)
      SELECT '!', ${false}, ${name} || i, '', '', ${false}, ${true}, ${new Date()}, '' FROM n`;
    await db.$executeRaw`
      INSERT INTO auth_user_groups (user_id, group_id)
      SELECT id, ${id} FROM auth_user WHERE username LIKE ${`${name}%`}`;
    const { groups } = await loadGroupPage(root, viewOf({ only: [String(id)] }));
    expect(groups).toEqual(await loadGroupColumns([id]));
    const { columns } = groupGrid(await rowsFor(root, await loadMatrixApps()), groups, true);
    expect(columns.map(({ note }) => note)).toEqual(['10,000+ members']);
  });
});
