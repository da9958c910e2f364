import { describe, expect, it } from 'vitest';
import { overrideSettings } from '@/lib/conf/settings';
import { PLANNED_EACH_TIME } from '@/lib/db/plans';
import { checkPool } from '@/lib/db/pool-checks';
import { postgresqlPool, statementNames } from '@/lib/db/postgresql/postgresql';

describe('postgresqlPool', () => {
  it('limits a statement at both ends, and keeps the options of the address', () => {
    const address = 'postgres://u@localhost/n?options=-c%20search_path%3Dauth';
    const pool = postgresqlPool(address, { connections: 7, statementTimeout: 1500 });
    expect(pool.options).toBe('-c statement_timeout=1500 -c search_path="auth" -c TimeZone=UTC');
    expect(pool).toMatchObject({ max: 7, query_timeout: 6500, keepAlive: true });
    expect(pool.connectionString).toBe('postgres://u@localhost/n');
  });

  it('lets a statement of a migration take as long as it likes', () => {
    const pool = postgresqlPool('postgres://u@localhost/n', {
      connections: 1,
      statementTimeout: 0,
    });
    expect(pool.options).toBe('-c TimeZone=UTC');
    expect(pool).not.toHaveProperty('query_timeout');
  });
});

describe('statementNames', () => {
  it('leaves those without a name that want a plan for their values', () => {
    const name = statementNames();
    expect(name({ sql: `${PLANNED_EACH_TIME} SELECT 1` })).toBe('');
    expect(name({ sql: 'SELECT 1' })).toBe('gatehouse_0');
  });

  it('gives the same text the same name, and another one another', () => {
    const name = statementNames();
    expect(name({ sql: 'SELECT 1' })).toBe(name({ sql: 'SELECT 1' }));
    expect(name({ sql: 'SELECT 2' })).not.toBe(name({ sql: 'SELECT 1' }));
  });

  it('names so many and no more, and keeps the names it gave', () => {
    const name = statementNames();
    const names = Array.from({ length: 1000 }, (_, i) => name({ sql: `SELECT ${i}` }));
    expect(names.filter((each) => each !== '')).toHaveLength(200);
    expect(name({ sql: 'SELECT 0' })).toBe(names[0]);
  });
});

describe('checkPool', () => {
  it.each([
    [{}, []],
    [{ DATABASE_POOL_SIZE: 1, DATABASE_STATEMENT_TIMEOUT: 0 }, []],
    [{ DATABASE_POOL_SIZE: 0 }, ['db.E005']],
    [
      { DATABASE_POOL_SIZE: Number.NaN, DATABASE_STATEMENT_TIMEOUT: Number.NaN },
      ['db.E005', 'db.E006'],
    ],
  ])('of %j finds %j', async (changed, ids) => {
    await overrideSettings(changed, () => {
      expect(checkPool().map(({ id }) => id)).toEqual(ids);
    });
  });
});
