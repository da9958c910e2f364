import { accessSync, constants, statfsSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** Where Linux keeps files in memory. */
const IN_MEMORY = '/dev/shm';

/** More than all databases of a run at once; a container may have 64 MiB, which Chromium needs too. */
const ROOM = 2 * 2 ** 30;

/**
 * A new folder for a database that is thrown away: in memory where there is room, for half of what a small
 * test does is to wait until a disk has what it wrote.
 */
export function makeDatabaseFolder(prefix: string): Promise<string> {
  return mkdtemp(path.join(hasRoom() ? IN_MEMORY : tmpdir(), prefix));
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
