import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { appFiles } from './app-files';
import type { AppNames } from './names';
import { withApp } from './site-lists';
import { writeFiles } from './write-files';

/**
 * Write a new app below `root`, whose names are free, and its line in each of the two lists.
 * `migrate` writes its first migration once its models are there, and returns the files of it.
 * Returns the paths of what was written and of the lists. All or nothing: whatever fails, what was
 * written is taken back before the error goes on.
 * Django: core/management/templates.py TemplateCommand.handle
 */
export async function writeApp(
  root: string,
  names: AppNames,
  migrate: () => Promise<readonly string[]>,
): Promise<{ written: string[]; changed: string[] }> {
  const files = appFiles(names);
  const changes = await withApp(root, names.app);
  const migrations: string[] = [];
  try {
    await writeFiles(root, files, changes, async () => {
      migrations.push(...(await migrate()));
    });
  } catch (error) {
    takeBackMigrations(root, names);
    throw error;
  }
  return { written: [...files.keys(), ...migrations], changed: [...changes.keys()] };
}

function takeBackMigrations(root: string, names: AppNames): void {
  rmSync(join(root, `prisma/migrations/schema/${names.app}.prisma`), { force: true });
  for (const database of ['sqlite', 'postgresql']) {
    const folder = join(root, 'prisma/migrations', database);
    for (const name of existsSync(folder) ? readdirSync(folder) : []) {
      const isOurs = new RegExp(`^\\d+_${names.app}_`).test(name);
      if (isOurs) rmSync(join(folder, name), { recursive: true, force: true });
    }
  }
}
