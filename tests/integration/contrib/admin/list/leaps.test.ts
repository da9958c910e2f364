import { beforeAll, describe, expect, it } from 'vitest';
import { getChangeList } from '@/lib/contrib/admin/list/change-list';
import { columnsOf } from '@/lib/contrib/admin/list/columns';
import { orderSql, orderTerms } from '@/lib/contrib/admin/list/ordering';
import { storedValues } from '@/lib/contrib/admin/list/plans/stored-values';
import { selectIds } from '@/lib/contrib/admin/list/selection';
import { getField } from '@/lib/contrib/admin/meta';
import type { User } from '@/lib/contrib/auth/models';
import { db, Prisma } from '@/lib/db/client';
import type { RowId } from '@/lib/forms/row-id';
import { makeSuperuser, screens } from '@/tests/support/admin/staff';
import { freshDatabase } from '@/tests/support/database';
import { multiplyRows } from '@/tests/support/databases/multiply-rows';
import { statementsOf } from '@/tests/support/statements';

// Each ten times.
const ARTICLES = 1200;
const AUTHORS = 120;
const articles = screens('articles.article');
const TABLE = articles.meta.table;
let superuser: User;

beforeAll(async () => {
  const tearDown = await freshDatabase();
  superuser = await makeSuperuser();
  await db.user.createMany({
    data: Array.from({ length: AUTHORS }, (_, i) => ({
      ...{ username: `Author ${(i * 7) % AUTHORS}`, firstName: '', lastName: '', email: '' },
      ...{
        password: '!',
        isStaff: false,
        isActive: true,
        isSuperuser: false,
        dateJoined: new Date(),
      },
    })),
  });
  const authors = await db.user.findMany({ where: { password: '!' }, orderBy: { id: 'asc' } });
  // The first one has as many as all others together, of whom some have many; some articles have nobody.
  const authorOf = (i: number) =>
    i % 2 === 0 ? authors[0] : authors[1 + ((i * i) % (AUTHORS - 1))];
  await db.article.createMany({
    data: Array.from({ length: ARTICLES }, (_, i) => ({
      ...{ title: `Title ${i % 700}`, body: '', isPublished: i % 10 > 0 },
      ...{ authorId: i % 30 === 7 ? null : (authorOf(i)?.id ?? null) },
      ...{ created: new Date(), modified: new Date() },
    })),
  });
  await multiplyRows(TABLE, 10);
  return tearDown;
}, 120_000);

/** An index as long as `work` takes. */
async function indexed(columns: string, work: () => Promise<void>): Promise<void> {
  await db.$executeRawUnsafe(`CREATE INDEX leaps_idx ON "${TABLE}" (${columns})`);
  try {
    await work();
  } finally {
    await db.$executeRawUnsafe('DROP INDEX leaps_idx');
  }
}

describe('the values of a column', () => {
  const title = getField(articles.meta, 'title');
  if (!('maxLength' in title)) throw new Error('A title has a column.');

  async function asked(visible: Prisma.Sql, search: string) {
    let statements: string[] = [];
    let stored = { values: [] as unknown[], total: { value: -1, isExact: false } };
    statements = await statementsOf(async () => {
      stored = await storedValues({ table: TABLE, field: title as never, visible, search }, 101);
    });
    return { ...stored, read: statements.filter((sql) => sql.includes('DISTINCT')).length };
  }

  async function plain(visible: Prisma.Sql, search: string): Promise<string[]> {
    const rows = await db.$queryRaw<{ value: string }[]>`
      SELECT DISTINCT t.title AS value FROM ${Prisma.raw(`"${TABLE}"`)} AS t
      WHERE (${visible}) AND t.title LIKE ${`%${search}%`} ORDER BY 1`;
    return rows.map(({ value }) => value);
  }

  const CONDITIONS: [what: string, visible: Prisma.Sql, search: string, reads: number][] = [
    ['all', Prisma.sql`TRUE`, '', 0],
    ['those with a text', Prisma.sql`TRUE`, '69', 0],
    ['those with a text that none has', Prisma.sql`TRUE`, 'zzz', 0],
    ['those of most rows', Prisma.sql`t.id % 11 > 0`, '', 0],
    ['those of most rows, with a text', Prisma.sql`t.id % 11 > 0`, '69', 0],
    ['those of few rows', Prisma.sql`t.id % 5000 = 3`, '', 1],
    ['those of no row', Prisma.sql`FALSE`, '', 1],
    ['those of rows that have none of others', Prisma.sql`t.title <> 'Title 42'`, '', 1],
  ];

  it.each(CONDITIONS)(
    'are those of a plain statement, with an index and without: %s',
    async (_, visible, search, reads) => {
      const all = await plain(visible, search);
      const expected = {
        values: all.slice(0, 101),
        total: { value: all.length, isExact: true },
      };
      expect(await asked(visible, search)).toEqual({ ...expected, read: 1 });
      await indexed('title', async () => {
        expect(await asked(visible, search)).toEqual({ ...expected, read: reads });
      });
    },
  );

  it('are leapt over by an index of more columns, and not by one of some rows or of another first column', async () => {
    const readWith = async (columns: string) => {
      let read = -1;
      await indexed(columns, async () => {
        ({ read } = await asked(Prisma.sql`TRUE`, ''));
      });
      return read;
    };
    expect(await readWith('title, id')).toBe(0);
    expect(await readWith('id, title')).toBe(1);
    expect(await readWith('UPPER(title)')).toBe(1);
    await db.$executeRawUnsafe(`CREATE INDEX partly_idx ON "${TABLE}" (title) WHERE id > 5`);
    expect((await asked(Prisma.sql`TRUE`, '')).read).toBe(1);
    await db.$executeRawUnsafe('DROP INDEX partly_idx');
  });

  it('are counted to a thousand, and said to be more beyond', async () => {
    const rename = (most: number) =>
      db.$executeRawUnsafe(`UPDATE "${TABLE}" SET title = 'Many ' || (id % ${most})`);
    for (const [many, isExact] of [
      [1000, true],
      [1001, false],
    ] as const) {
      await rename(many);
      const total = { value: 1000, isExact };
      expect(await asked(Prisma.sql`TRUE`, '')).toMatchObject({ total, read: 1 });
      await indexed('title', async () => {
        expect(await asked(Prisma.sql`TRUE`, '')).toMatchObject({ total, read: 0 });
        const few = await asked(Prisma.sql`TRUE`, 'Many 99');
        expect(few.total).toEqual({ value: 11, isExact: true });
        expect(few.read).toBe(isExact ? 0 : 1);
      });
    }
    await db.$executeRawUnsafe(`UPDATE "${TABLE}" SET title = 'One'`);
    await indexed('title', async () => {
      const one = { values: ['One'], total: { value: 1, isExact: true }, read: 0 };
      expect(await asked(Prisma.sql`TRUE`, '')).toEqual(one);
    });
    await db.$executeRawUnsafe(`UPDATE "${TABLE}" SET title = 'Title ' || (id % 700)`);
  });
});

describe('a list sorted by another row’s name', () => {
  const admin = {
    ...articles,
    options: {
      ...articles.options,
      listDisplay: ['title', 'author'],
      listFilter: [],
      ordering: ['title'],
      dateHierarchy: undefined,
    },
  } as unknown as typeof articles;
  const LAST = ARTICLES / 100;
  const PAGES = [1, 2, 40, 59, 60, 62, 64, 90, LAST - 4, LAST];

  async function bothWays(query: string, page: number): Promise<[RowId[], RowId[], string[]]> {
    let shown: RowId[] = [];
    const statements = await statementsOf(async () => {
      const params = new URLSearchParams(`${query}&p=${page}`);
      shown = (await getChangeList(admin, superuser, params)).rows.map(({ id }) => id);
    });
    const terms = orderTerms(admin, columnsOf(admin), new URLSearchParams(query).get('o'));
    const order = orderSql(admin.meta, terms);
    const slice = { limit: 100, offset: (page - 1) * 100 };
    return [
      shown,
      await selectIds(admin, { where: Prisma.sql`TRUE`, order, ...slice }),
      statements,
    ];
  }

  const sortsAll = (statements: string[]) =>
    statements.filter((sql) => sql.includes('WHERE TRUE ORDER BY')).length;

  it.each(['o=2', 'o=-2', 'o=2.-1', 'o=-2.1'])(
    'has the rows that belong there, by "%s"',
    async (query) => {
      for (const page of PAGES) {
        const [shown, plain, statements] = await bothWays(query, page);
        expect(shown, `page ${page}`).toEqual(plain);
        expect(plain).toHaveLength(100);
        expect(sortsAll(statements), `page ${page}`).toBe(0);
      }
    },
  );

  it('has them where many rows lead to none, and without an index of the key', async () => {
    await db.$executeRawUnsafe(`UPDATE "${TABLE}" SET author_id = NULL WHERE id % 3 = 0`);
    for (const query of ['o=2', 'o=-2']) {
      for (const page of [1, 2, 30, 60, 80, 81, 82, LAST]) {
        const [shown, plain, statements] = await bothWays(query, page);
        expect(shown, `${query}, page ${page}`).toEqual(plain);
        expect(sortsAll(statements)).toBe(0);
      }
    }
    await db.$executeRawUnsafe('DROP INDEX articles_article_author_id_idx');
    const [shown, plain, statements] = await bothWays('o=2', 2);
    expect(shown).toEqual(plain);
    expect(sortsAll(statements)).toBe(1);
  });
});
