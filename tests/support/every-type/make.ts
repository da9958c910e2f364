import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { MADE } from './project.mjs';

const root = path.resolve(import.meta.dirname, '../../..');
const MODELS = ['shop', 'crm'];

/**
 * Make the site of the fixture, unless it is there already: the repository's models and migrations
 * with those of two more apps, as `makemigrations` writes them, and clients and metadata of all. One run
 * of the tests makes it for both databases.
 */
export function setup(): void {
  const stamp = path.join(MADE, 'stamp');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === fingerprint()) return;
  rmSync(MADE, { recursive: true, force: true });
  mkdirSync(MADE, { recursive: true });
  cpSync(path.join(root, 'prisma'), path.join(MADE, 'prisma'), { recursive: true });
  for (const app of MODELS) {
    cpSync(
      path.join(import.meta.dirname, `${app}.prisma`),
      path.join(MADE, `prisma/schema/${app}.prisma`),
    );
  }
  run(path.join(root, 'scripts/generate.ts'), '--in', MADE);
  run(path.join(root, 'tests/support/every-type/migrate-apps.ts'), ...MODELS);
  writeFileSync(stamp, fingerprint());
}

function run(...args: string[]): void {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--import', 'tsx', ...args], {
    cwd: root,
    encoding: 'utf8',
    env: { ...process.env, DATABASE_URL: 'file:./none.sqlite3', SECRET_KEY: 'x'.repeat(40) },
  });
  if (status !== 0) throw new Error(`${args.join(' ')} failed:\n${stdout}${stderr}`);
}

// Of all that the site is made from.
function fingerprint(): string {
  const { stdout } = spawnSync(
    'git',
    [
      'ls-files',
      '-co',
      '--exclude-standard',
      '-z',
      'prisma',
      'tests/support/every-type/*.prisma',
      'lib/db/migrations',
      'lib/db/sqlite/decimal-text.ts',
    ],
    { cwd: root, encoding: 'utf8' },
  );
  const hash = createHash('sha256');
  for (const file of stdout
    .split('\0')
    .filter((name) => name !== '')
    .toSorted()) {
    const full = path.join(root, file);
    if (existsSync(full)) hash.update(file).update(readFileSync(full));
  }
  return hash.digest('hex');
}
