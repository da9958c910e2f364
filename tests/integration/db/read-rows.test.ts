import { copyFile, mkdtemp, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { closeDb, db, Prisma, readRows, transaction } from '@/lib/db/client';
import { databaseFault } from '@/lib/db/faults';
import { sqlitePath } from '@/lib/db/sqlite/sqlite';
import { freshDatabase, testDatabase } from '@/tests/support/database';
import { takeAway } from '@/tests/support/databases/broken-database';
import { statementsOf } from '@/tests/support/statements';

beforeAll(freshDatabase);

const onSqlite = testDatabase === 'sqlite';

const named = (name: string) => Prisma.sql`SELECT id, name FROM auth_group WHERE name = ${name}`;

beforeEach(async () => {
  await db.group.deleteMany();
});

describe('readRows', () => {
  it('reads what $queryRaw reads, of every type that a column of ours or of a product has', async () => {
    await db.$executeRawUnsafe(
      onSqlite
        ? `CREATE TABLE kinds (a integer, b bigint, c real, d decimal, e bool, f varchar(9), g text,
            h date, i datetime, j jsontext, k blob, l smallint, m char(3))`
        : `CREATE TABLE kinds (a integer, b bigint, c double precision, d numeric(9,2), e boolean,
            f varchar(9), g text, h date, i timestamptz, j jsonb, k bytea, l smallint, m char(3),
            n time, o timestamp, p uuid, q text[], r integer[], s timestamptz[])`,
    );
    const first = `1, 12345678901, 1.5, ${onSqlite ? "'p001#1.5'" : '1.5'}, true, 'ada', 'é "x"', '2026-11-29',
      '2026-11-29 01:02:03.456000', '{"a": [1, null]}', ${onSqlite ? "x'00ff'" : "'\\x00ff'"}, 7, 'abc'`;
    const more = `, '01:02:03', '2026-11-29 01:02:03.456', 'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11',
      '{a,NULL}', '{1,2}', '{2026-11-29 01:02:03+02,NULL}'`;
    await db.$executeRawUnsafe(`INSERT INTO kinds VALUES (${first}${onSqlite ? '' : more})`);
    await db.$executeRawUnsafe('INSERT INTO kinds (a) VALUES (NULL)');
    const of = (where: Prisma.Sql) => Prisma.sql`
      SELECT kinds.*, 1 AS one, 'x' AS word, COUNT(*) OVER () AS rows, CAST(NULL AS integer) AS none
      FROM kinds WHERE ${where}`;
    const statements = [of(Prisma.sql`a = ${1} AND e = ${true}`), of(Prisma.sql`a IS NULL`)];
    const time = Prisma.sql`i <= ${new Date('2026-11-29T01:02:03.456Z')} AND f = ${'ada'}`;
    for (const statement of [...statements, of(time), of(Prisma.sql`a = ${2}`)]) {
      const rows = await readRows(statement);
      expect(rows).toEqual(await db.$queryRaw(statement));
      expect(rows).toHaveLength(statement.values.includes(2) ? 0 : 1);
    }
    await db.$executeRawUnsafe('DROP TABLE kinds');
  });

  it('leaves to $queryRaw a value of which only Prisma knows how it is sent', async () => {
    const statement = Prisma.sql`SELECT CAST(${new Prisma.Decimal('1.5')} AS text) AS text`;
    expect(await readRows(statement)).toEqual(await db.$queryRaw(statement));
  });

  it('sees a row that was written just now, and one that another connection has written', async () => {
    expect(await readRows(named('Editors'))).toEqual([]);
    const { id } = await db.group.create({ data: { name: 'Editors' } });
    expect(await readRows(named('Editors'))).toEqual([{ id, name: 'Editors' }]);
    await transaction((tx) => tx.group.update({ where: { id }, data: { name: 'Writers' } }));
    expect(await readRows(named('Editors'))).toEqual([]);
  });

  it('is one of the statements of a transaction whose client it is given', async () => {
    await transaction(async (tx) => {
      await tx.group.create({ data: { name: 'Mine' } });
      expect(await readRows(named('Mine'), tx)).toHaveLength(1);
      // What is not committed nobody else sees, nor waits for.
      expect(await readRows(named('Mine'))).toEqual([]);
    });
    expect(await readRows(named('Mine'))).toHaveLength(1);
  });

  it('follows a table that has changed', async () => {
    await db.$executeRawUnsafe('CREATE TABLE changing (a integer)');
    await db.$executeRawUnsafe('INSERT INTO changing VALUES (1)');
    const statement = Prisma.sql`SELECT a FROM changing`;
    expect(await readRows(statement)).toEqual([{ a: 1 }]);
    await db.$executeRawUnsafe('DROP TABLE changing');
    await expect(readRows(statement)).rejects.toThrow();
    await db.$executeRawUnsafe('CREATE TABLE changing (a integer)');
    expect(await readRows(statement)).toEqual([]);
    await db.$executeRawUnsafe('DROP TABLE changing');
  });

  it('is counted as one statement, told without its values', async () => {
    const seen = await statementsOf(() => readRows(named('a value')));
    expect(seen).toHaveLength(1);
    expect(seen[0]).not.toContain('a value');
  });

  it('fails as $queryRaw fails', async () => {
    const statement = Prisma.sql`SELECT nothing FROM nowhere WHERE id = ${1}`;
    const errorOf = (reading: Promise<unknown>) => reading.catch((error: unknown) => error);
    const [own, prismas] = [
      await errorOf(readRows(statement)),
      await errorOf(db.$queryRaw(statement)),
    ];
    expect(own).toBeInstanceOf(Prisma.PrismaClientKnownRequestError);
    expect(Object.assign({}, own)).toEqual(Object.assign({}, prismas));
  });

  it('is told that the database is away, and goes on once it is back', async () => {
    await readRows(named('x'));
    const mend = await takeAway();
    const error = await readRows(named('x')).catch((reason: unknown) => reason);
    await mend();
    expect(databaseFault(error)).toBe('away');
    expect(await readRows(named('x'))).toEqual([]);
  });

  it('opens again after the connection was closed', async () => {
    await readRows(named('x'));
    await closeDb();
    expect(await readRows(named('x'))).toEqual([]);
  });

  if (onSqlite) {
    it('cannot write', async () => {
      const writing = Prisma.sql`INSERT INTO auth_group (name) VALUES (${'written'}) RETURNING id`;
      const error = await readRows(writing).catch((reason: unknown) => reason);
      expect(databaseFault(error)).toBe('refuses');
      expect(await db.group.count()).toBe(0);
    });

    it('reads the file that stands in the place of the one it had open', async () => {
      const folder = await mkdtemp(path.join(tmpdir(), 'gatehouse-other-'));
      const other = path.join(folder, 'other.sqlite3');
      await db.group.create({ data: { name: 'In the other file' } });
      await db.$executeRaw`VACUUM INTO ${other}`;
      await db.group.deleteMany();
      expect(await readRows(named('In the other file'))).toEqual([]);
      await copyFile(other, `${sqlitePath()}.new`);
      for (const end of ['-wal', '-shm']) await rm(sqlitePath() + end, { force: true });
      await rename(`${sqlitePath()}.new`, sqlitePath());
      expect(await readRows(named('In the other file'))).toHaveLength(1);
      await rm(folder, { recursive: true });
    });
  }
});
