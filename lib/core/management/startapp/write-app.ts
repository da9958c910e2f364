import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { appFiles, placesOf } from './app-files';
import type { AppNames } from './names';
import { withLine } from './site-lists';
import { formatFiles, replaceFile } from './write-files';

/** The lists in which every app has its line, and what of an app stands there. */
const LISTS = [
  { file: 'lib/site/apps.ts', list: 'apps', part: 'App', module: 'apps' },
  { file: 'lib/site/app-configs.ts', list: 'appConfigs', part: 'Config', module: 'config' },
] as const;

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
  const before = new Map(LISTS.map(({ file }) => [file, readFileSync(join(root, file), 'utf8')]));
  const after = await withLines(before, names.app);
  try {
    for (const [path, text] of files) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), text, { flag: 'wx' });
    }
    const migrations = await migrate();
    for (const [path, text] of after) replaceFile(join(root, path), text);
    formatFiles(root, [...files.keys(), ...after.keys()]);
    return { written: [...files.keys(), ...migrations], changed: [...after.keys()] };
  } catch (error) {
    takeBack(root, names);
    for (const [path, text] of before) replaceFile(join(root, path), text);
    throw error;
  }
}

async function withLines(
  before: ReadonlyMap<string, string>,
  app: string,
): Promise<Map<string, string>> {
  const after = new Map<string, string>();
  for (const { file, list, part, module } of LISTS) {
    const line = { list, name: `${app}${part}`, from: `@/lib/site/${app}/${module}` };
    after.set(file, await withLine(file, before.get(file) ?? '', line));
  }
  return after;
}

function takeBack(root: string, names: AppNames): void {
  for (const place of placesOf(names)) rmSync(join(root, place), { recursive: true, force: true });
  for (const database of ['sqlite', 'postgresql']) {
    const folder = join(root, 'prisma/migrations', database);
    for (const name of existsSync(folder) ? readdirSync(folder) : []) {
      const isOurs = new RegExp(`^\\d+_${names.app}_`).test(name);
      if (isOurs) rmSync(join(folder, name), { recursive: true, force: true });
    }
  }
}
