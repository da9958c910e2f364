import { mkdirSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';
import { createPermissions } from '@/lib/contrib/auth/management/create-permissions';
import { users } from '@/lib/contrib/auth/users/managers';
import { db } from '@/lib/db/client';
import { restoreListIndexes } from '@/lib/db/migrations/list-indexes';
import { applyMigrations } from '@/lib/db/migrations/migrate';
import { seedGroups } from '@/prisma/seed';
import { seedUsers } from '@/prisma/seed-users';
import { withDatabase } from '@/tests/support/e2e/environment';
import { startPostgres } from '@/tests/support/postgres';

export const USERS = 1_000_000;
export const SUPERUSER = 'bench';

// Kept from one run to the next. As root PostgreSQL runs as somebody who may not enter root's home.
export const benchFolder =
  process.env['BENCH_FOLDER'] ??
  (process.getuid?.() === 0
    ? '/var/tmp/gatehouse-bench'
    : path.join(homedir(), '.cache/gatehouse-bench'));

/** A database with a million users; `stop` leaves it for the next run. */
export type Million = { name: string; url: string; stop(): Promise<void> };

/** The SQLite file of the cache folder, made in a minute or two if it is not there. */
export async function millionOnSqlite(): Promise<Million> {
  mkdirSync(benchFolder, { recursive: true });
  const url = `file:${path.join(benchFolder, 'million.sqlite3')}`;
  await withDatabase(url, fill);
  return { name: 'SQLite', url, stop: async () => {} };
}

/** A PostgreSQL whose data lie in the cache folder. */
export async function millionOnPostgresql(): Promise<Million> {
  mkdirSync(benchFolder, { recursive: true });
  const server = await startPostgres({ data: path.join(benchFolder, 'postgresql') });
  await withDatabase(server.url, async () => {
    // What autovacuum does within minutes.
    if (await fill()) await db.$executeRawUnsafe('VACUUM ANALYZE');
  });
  return { name: 'PostgreSQL', url: server.url, stop: () => server.stop() };
}

async function fill(): Promise<boolean> {
  await applyMigrations();
  await restoreListIndexes();
  await createPermissions();
  if (await users.getByNaturalKey(SUPERUSER)) return false;
  const groups = await seedGroups();
  const start = performance.now();
  const added = await seedUsers(USERS, '!', [...groups.values()]);
  console.info(`Made ${added} users in ${((performance.now() - start) / 1000).toFixed(0)} s.`);
  await users.createSuperuser({ username: SUPERUSER });
  return true;
}
