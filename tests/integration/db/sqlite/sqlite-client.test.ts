import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SqliteClient } from '@/lib/db/sqlite/sqlite-client';

let folder: string;
let client: SqliteClient;

const connect = () =>
  new SqliteClient(path.join(folder, 'test.sqlite3'), 'PRAGMA busy_timeout = 1');
const select = async (sql: string, ...args: string[]) => (await client.execute({ sql, args })).rows;

beforeEach(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'gatehouse-client-'));
  client = connect();
  await client.executeMultiple(
    'PRAGMA journal_mode = WAL; CREATE TABLE pet (name text UNIQUE, age integer)',
  );
});

afterEach(() => {
  client.close();
  rmSync(folder, { recursive: true });
});

describe('SqliteClient', () => {
  const byName = 'SELECT age FROM pet WHERE name = ?';

  it('answers the same SELECT with other values and with rows that came since', async () => {
    await client.execute("INSERT INTO pet VALUES ('Rex', 3)");
    expect(await select(byName, 'Rex')).toEqual([[3]]);
    expect(await select(byName, 'Tom')).toEqual([]);
    await client.execute("INSERT INTO pet VALUES ('Tom', 5)");
    expect(await select(byName, 'Tom')).toEqual([[5]]);
  });

  it('answers a SELECT that it has prepared after the table was altered by another connection', async () => {
    await client.execute("INSERT INTO pet VALUES ('Rex', 3)");
    expect(await select(byName, 'Rex')).toEqual([[3]]);
    const other = connect();
    await other.executeMultiple(
      'ALTER TABLE pet RENAME TO old; CREATE TABLE pet (name text, age integer)',
    );
    other.close();
    expect(await select(byName, 'Rex')).toEqual([]);
    await client.execute('DROP TABLE pet');
    await expect(select(byName, 'Rex')).rejects.toThrow('no such table: pet');
    await client.execute('ALTER TABLE old RENAME TO pet');
    expect(await select(byName, 'Rex')).toEqual([[3]]);
  });

  it('leaves no SELECT open: another connection may write and shorten the log', async () => {
    await client.execute("INSERT INTO pet VALUES ('Rex', 3)");
    for (let i = 0; i < 3; i += 1) await select('SELECT * FROM pet');
    const other = connect();
    await other.execute("INSERT INTO pet VALUES ('Tom', 5)");
    const { rows } = await other.execute('PRAGMA wal_checkpoint(TRUNCATE)');
    other.close();
    expect(rows).toEqual([[0, 0, 0]]);
  });

  it('can be used after a statement failed, inside a transaction and outside', async () => {
    const insert = "INSERT INTO pet VALUES ('Rex', 3)";
    await client.execute(insert);
    await expect(client.execute(insert)).rejects.toThrow('UNIQUE constraint failed: pet.name');
    const transaction = await client.transaction();
    await expect(transaction.execute(insert)).rejects.toMatchObject({ rawCode: 2067 });
    await transaction.execute("INSERT INTO pet VALUES ('Tom', 5)");
    await transaction.commit();
    expect(await select('SELECT name FROM pet ORDER BY name')).toEqual([['Rex'], ['Tom']]);
  });

  it('reads again after it met a busy database', async () => {
    await select(byName, 'Rex');
    const other = connect();
    const writing = await other.transaction();
    await expect(client.execute("INSERT INTO pet VALUES ('Tom', 5)")).rejects.toMatchObject({
      rawCode: 5,
    });
    expect(await select(byName, 'Tom')).toEqual([]);
    await writing.rollback();
    other.close();
    await client.execute("INSERT INTO pet VALUES ('Tom', 5)");
    expect(await select(byName, 'Tom')).toEqual([[5]]);
  });

  it('keeps its connection while a transaction cannot begin, however often that is tried', async () => {
    await client.execute('CREATE TEMP TABLE of_this_connection (a)');
    const other = connect();
    const writing = await other.transaction();
    for (let i = 0; i < 20; i += 1) {
      await expect(client.transaction()).rejects.toMatchObject({ rawCode: 5 });
    }
    expect(await select('SELECT * FROM of_this_connection')).toEqual([]);
    await writing.rollback();
    other.close();
    const transaction = await client.transaction();
    await transaction.execute("INSERT INTO pet VALUES ('Tom', 5)");
    await transaction.commit();
    expect(await select(byName, 'Tom')).toEqual([[5]]);
  });

  it('refuses numbers that would not come back as they went', async () => {
    const insert = 'INSERT INTO pet VALUES (NULL, ?)';
    for (const age of [Number.NaN, Number.POSITIVE_INFINITY, 2n ** 63n]) {
      await expect(client.execute({ sql: insert, args: [age] })).rejects.toThrow(RangeError);
    }
    await client.execute({ sql: insert, args: [2n ** 53n] });
    await expect(select('SELECT age FROM pet')).rejects.toThrow('beyond 2^53');
  });

  it('gives bytes as they were written', async () => {
    const args = [Buffer.from([0, 255, 7])];
    const { rows } = await client.execute({ sql: 'SELECT ?', args });
    expect(new Uint8Array(rows[0]?.[0] as ArrayBuffer)).toEqual(new Uint8Array([0, 255, 7]));
  });
});
