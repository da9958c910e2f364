import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** Work in a copy of the repository's prisma folder, which the test may change: `body` gets its path. */
export async function inCopyOfPrisma(body: (folder: string) => Promise<void>): Promise<void> {
  const repository = process.cwd();
  const folder = await mkdtemp(path.join(tmpdir(), 'gatehouse-prisma-'));
  await cp('prisma', path.join(folder, 'prisma'), { recursive: true });
  process.chdir(folder);
  try {
    await body(path.join(folder, 'prisma'));
  } finally {
    process.chdir(repository);
    await rm(folder, { recursive: true, force: true });
  }
}
