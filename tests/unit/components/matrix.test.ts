import { describe, expect, it } from 'vitest';
import { type GridData, permissionsIn, rowsOf } from '@/components/admin/matrix/grid-data';
import {
  bulkOf,
  cellState,
  changesText,
  elsewhereIn,
  type Staged,
  stagedFrom,
  toggled,
} from '@/components/admin/matrix/staged';

/** Two apps, three models, four permissions; the third is not the viewer's to give. */
const data: GridData = {
  apps: [
    {
      name: 'Articles',
      models: [
        {
          name: 'article',
          permissions: [
            { id: 11, perm: 'articles.add_article', name: 'Can add article' },
            { id: 12, perm: 'articles.view_article', name: 'Can view article' },
          ],
        },
      ],
    },
    {
      name: 'Users',
      models: [
        { name: 'group', permissions: [{ id: 13, perm: 'auth.add_group', name: 'Can add group' }] },
        { name: 'user', permissions: [{ id: 14, perm: 'auth.add_user', name: 'Can add user' }] },
      ],
    },
  ],
  columns: [
    { key: 'g1', name: 'Editors', note: '', href: null, held: '1000' },
    { key: 'g2', name: 'Admins', note: '', href: null, held: '0010' },
  ],
  locked: '0010',
  isSuperuser: false,
  isInactive: false,
  userId: null,
  canSeeHolders: false,
};

const nothing: Staged = new Map();
const filter = { query: '', collapsed: new Set<number>(), isWanted: () => true };
const permissions = permissionsIn(data.apps);
const press = (staged: Staged, columns: number[], places: number[]) =>
  changesText(data, toggled(data, staged, columns, places), permissions);

describe('rowsOf', () => {
  it('lists apps, models and permissions, and what each line stands for', () => {
    const rows = rowsOf(data.apps, filter);
    expect(rows.map(({ kind, name }) => `${kind} ${name}`)).toEqual([
      'app Articles',
      'model article',
      'permission Can add article',
      'permission Can view article',
      'app Users',
      'model group',
      'permission Can add group',
      'model user',
      'permission Can add user',
    ]);
    expect(rows.map(({ perms }) => perms)).toEqual([
      [0, 1],
      [0, 1],
      [0],
      [1],
      [2, 3],
      [2],
      [2],
      [3],
      [3],
    ]);
  });

  it('hides what is closed or filtered, and opens what it finds', () => {
    const closed = rowsOf(data.apps, { ...filter, collapsed: new Set([0]) });
    expect(closed[0]).toMatchObject({ name: 'Articles', perms: [0, 1] });
    expect(closed[1]).toMatchObject({ name: 'Users' });
    const found = rowsOf(data.apps, { ...filter, query: 'ADD user', collapsed: new Set([1]) });
    expect(found.map(({ name, perms }) => [name, perms])).toEqual([
      ['Users', [2, 3]],
      ['group', [2]],
      ['Can add group', [2]],
      ['user', [3]],
      ['Can add user', [3]],
    ]);
  });
});

describe('the line of a model', () => {
  const [model] = rowsOf(data.apps, { ...filter, query: 'view' }).filter(
    ({ kind }) => kind === 'model',
  );

  it('counts all that the model has, whatever is filtered', () => {
    expect(model).toMatchObject({ name: 'article', perms: [0, 1], seen: [1] });
    expect(cellState(data, nothing, 0, model?.perms ?? [])).toMatchObject({ held: 1, total: 2 });
  });

  it('offers to change only what is seen and may be changed, and says how much', () => {
    expect(bulkOf(data, nothing, 0, model?.seen ?? [])).toEqual({ gives: true, places: [1] });
    expect(bulkOf(data, nothing, 1, [2, 3])).toEqual({ gives: true, places: [3] });
    expect(bulkOf(data, nothing, 1, [2])).toEqual({ gives: false, places: [2] });
    expect(bulkOf(data, nothing, 0, [2])).toEqual({ gives: false, places: [] });
  });
});

describe('what is staged', () => {
  it('tells apart what is given and what is taken', () => {
    const both = toggled(data, toggled(data, nothing, [0], [0]), [0], [3]);
    expect(changesText(data, both, permissions)).toBe('g1-11 g1+14');
    expect(cellState(data, both, 0, [0])).toMatchObject({ held: 0, given: 0, taken: 1 });
    expect(cellState(data, both, 0, [3])).toMatchObject({ held: 1, given: 1, taken: 0 });
    expect(cellState(data, both, 1, [0, 3])).toMatchObject({
      isChanged: false,
      given: 0,
      taken: 0,
    });
  });

  it('leaves aside, and keeps, what stands in other parts of the matrix', () => {
    const text = 'g1+12 g9-11 g2-13 g1+99';
    expect(elsewhereIn(data, text, permissions)).toEqual(['g9-11', 'g1+99']);
    expect(changesText(data, stagedFrom(data, text, permissions), permissions)).toBe('g1+12 g2-13');
  });
});

describe('toggled', () => {
  it('gives all that may be given, takes when all is given, and forgets what is undone', () => {
    expect(press(nothing, [0, 1], [0, 1, 2, 3])).toBe('g1+12 g1+14 g2+11 g2+12 g2+14');
    const given = toggled(data, nothing, [0], [0, 1, 2, 3]);
    expect(press(given, [0], [0, 1, 2, 3])).toBe('g1-11');
    expect(press(toggled(data, nothing, [0], [0]), [0], [0])).toBe('');
  });

  it('gives nothing that is not the viewer’s, but takes it', () => {
    expect(press(nothing, [0], [2])).toBe('');
    expect(press(nothing, [1], [2])).toBe('g2-13');
    expect(cellState(data, nothing, 0, [2])).toMatchObject({ isLocked: true, held: 0 });
    expect(cellState(data, nothing, 1, [2])).toMatchObject({ isLocked: false, held: 1 });
  });

  it('comes back from a text as it was, without what is so already', () => {
    const text = 'g1+12 g2-13';
    expect(changesText(data, stagedFrom(data, text, permissions), permissions)).toBe(text);
    expect(stagedFrom(data, 'g1+11 g9+11 g1+99 nonsense', permissions).size).toBe(0);
  });
});

describe('the columns of one user', () => {
  const own = { key: 'u1', name: 'Directly', note: '', href: null, held: '1000' };
  const group = { key: null, name: 'Editors', note: '', href: null, held: '0100' };
  const result = { key: null, name: 'In effect', note: '', href: null, held: '', isResult: true };
  const mine = { ...data, columns: [result, own, group] };
  const signs = (given: GridData) =>
    [0, 1, 2].map((place) =>
      given.columns.map((_, c) => cellState(given, nothing, c, [place]).glyph),
    );

  it('show where each permission comes from', () => {
    expect(signs(mine)).toEqual([
      ['granted', 'granted', 'empty'],
      ['group', 'empty', 'group'],
      ['empty', 'empty', 'empty'],
    ]);
    expect(signs({ ...mine, isSuperuser: true })[2]).toEqual(['superuser', 'empty', 'empty']);
    expect(signs({ ...mine, isInactive: true })[0]).toEqual(['void', 'void', 'empty']);
  });
});
