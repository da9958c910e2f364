import pg from 'pg';
import { startPostgres } from './postgres';

/** How the databases of this run are called that tests copy theirs from. */
export function patternPrefix(): string {
  return `gatehouse_pattern_${process.env['TEST_RUN'] ?? process.pid}_`;
}

/**
 * One PostgreSQL for the whole run, named to the tests by TEST_POSTGRES_URL; one that this names
 * already stays, without what the run has made there.
 */
export async function setup(): Promise<() => Promise<void>> {
  process.env['TEST_RUN'] ??= String(process.pid);
  const given = process.env['TEST_POSTGRES_URL'];
  if (given) {
    return async () => {
      // Whoever has started it may have stopped it by now, and all that was there is gone.
      if (process.env['TEST_POSTGRES_URL'] === given) await dropPatterns(given);
    };
  }
  const server = await startPostgres();
  process.env['TEST_POSTGRES_URL'] = server.url;
  return async () => {
    delete process.env['TEST_POSTGRES_URL'];
    await server.stop();
  };
}

async function dropPatterns(connectionString: string): Promise<void> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  const named = 'SELECT datname FROM pg_database WHERE starts_with(datname, $1)';
  const { rows } = await client.query<{ datname: string }>(named, [patternPrefix()]);
  for (const { datname } of rows) await client.query(`DROP DATABASE IF EXISTS ${datname}`);
  await client.end();
}
