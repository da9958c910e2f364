import { accessSync, chmodSync, constants, mkdtempSync, rmSync, statfsSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** Where Linux keeps files in memory. */
const IN_MEMORY = '/dev/shm';

/** More than all databases of a run at once; a container may have 64 MiB, which Chromium needs too. */
const ROOM = 2 * 2 ** 30;

/**
 * Make the folder of this run's databases, which TEST_DATABASES names to its workers and which is gone with
 * this process: a worker that is ended clears nothing away. In memory where there is room, for half of what a
 * small test does is to wait until a disk has what it wrote.
 */
export function keepDatabasesOfRun(): void {
  if (process.env['TEST_DATABASES']) return;
  const folder = mkdtempSync(path.join(hasRoom() ? IN_MEMORY : tmpdir(), 'gatehouse-databases-'));
  // PostgreSQL may run as another user.
  chmodSync(folder, 0o711);
  process.env['TEST_DATABASES'] = folder;
  process.once('exit', () => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));
}

/** A new folder for a database that is thrown away. */
export function makeDatabaseFolder(prefix: string): Promise<string> {
  return mkdtemp(path.join(process.env['TEST_DATABASES'] ?? tmpdir(), prefix));
}

function hasRoom(): boolean {
  try {
    accessSync(IN_MEMORY, constants.W_OK);
    const { bavail, bsize } = statfsSync(IN_MEMORY);
    return bavail * bsize >= ROOM;
  } catch {
    return false;
  }
}
