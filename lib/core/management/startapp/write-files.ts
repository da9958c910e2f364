import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { CommandError } from '@/lib/core/management/base';

const BIOME = 'node_modules/@biomejs/biome/bin/biome';

/**
 * Write new files and change others below `root`, texts by path, and let Biome give them their form;
 * `between` runs when the files are there and the changes are not. Returns what takes everything back,
 * with the folders that were made. All or nothing: whatever fails, nothing is left of it.
 */
export async function writeFiles(
  root: string,
  files: ReadonlyMap<string, string>,
  changes: ReadonlyMap<string, string>,
  between: () => Promise<void> = async () => undefined,
): Promise<() => void> {
  const taken = [...files.keys()].find((path) => existsSync(join(root, path)));
  if (taken) throw new CommandError(`${taken} is there already.`);
  const before = new Map(
    [...changes.keys()].map((path) => [path, readFileSync(join(root, path), 'utf8')]),
  );
  const made: string[] = [];
  const takeBack = () => {
    for (const path of files.keys()) rmSync(join(root, path), { force: true });
    for (const folder of made) rmSync(folder, { recursive: true, force: true });
    for (const [path, text] of before) replaceFile(join(root, path), text);
  };
  try {
    for (const [path, text] of files) {
      const folder = mkdirSync(dirname(join(root, path)), { recursive: true });
      if (folder !== undefined) made.push(folder);
      writeFileSync(join(root, path), text, { flag: 'wx' });
    }
    await between();
    for (const [path, text] of changes) replaceFile(join(root, path), text);
    formatFiles(root, [...files.keys(), ...changes.keys()]);
    return takeBack;
  } catch (error) {
    takeBack();
    throw error;
  }
}

/** Put a text in the place of a file: never half of it, and never through a hard link into another tree. */
function replaceFile(path: string, text: string): void {
  writeFileSync(`${path}.new`, text);
  renameSync(`${path}.new`, path);
}

/** Let Biome give files their form and sort their imports. Throws CommandError for what it refuses. */
function formatFiles(root: string, paths: readonly string[]): void {
  if (!existsSync(join(root, BIOME))) {
    throw new CommandError('This needs the packages of development: npm ci.');
  }
  const formatted = paths.filter((path) => !path.endsWith('.prisma'));
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [join(root, BIOME), 'check', '--write', ...formatted],
    { cwd: root, encoding: 'utf8' },
  );
  if (status !== 0) throw new CommandError(`Biome refuses what was written:\n${stdout}${stderr}`);
}
