import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '../../..');
const site = 'lib/site/invoices';

/** A change to a file of the copy; throws where the text is not there, so that nothing is left out. */
type Edit = [file: string, text: string | RegExp, instead: string];

const EDITS: Edit[] = [
  ['lib/site/apps.ts', /^(?=import)/, "import { invoicesApp } from './invoices/apps';\n"],
  ['lib/site/apps.ts', /\n\] as const;/, '\n  invoicesApp,\n] as const;'],
  [
    'lib/site/app-configs.ts',
    /^(?=import)/,
    "import { invoicesConfig } from './invoices/config';\n",
  ],
  ['lib/site/app-configs.ts', /\n\];/, '\n  invoicesConfig,\n];'],
  [
    'lib/site/settings.ts',
    /siteSettings = \{\}/,
    `siteSettings = {
  AUTHENTICATION_BACKENDS: ['InvoiceBackend', 'EmailBackend', 'ModelBackend'],
  PASSWORD_HASHERS: ['invoice', 'pbkdf2_sha256', 'bcrypt_sha256'],
  LOGIN_REDIRECT_URL: '/invoices/',
  SESSION_COOKIE_AGE: 3600,
  STEP_UP_AGE: null,
}`,
  ],
];

/**
 * A copy of the tree in a new folder, in which a team has begun: an app of its own with two models,
 * a migration and an admin, three backends, a hasher of its own before the others, and settings.
 * Returns the folder, which the caller deletes.
 */
export function growCopy(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'gatehouse-grown-'));
  // A test runs `manage` in it as nobody.
  chmodSync(folder, 0o755);
  const listed = spawnSync('git', ['ls-files', '-co', '--exclude-standard', '-z'], {
    cwd: root,
    encoding: 'utf8',
  });
  for (const file of listed.stdout.split('\0').filter((name) => existsIn(root, name))) {
    cpSync(path.join(root, file), path.join(folder, file), { recursive: true });
  }
  symlinkSync(path.join(root, 'node_modules'), path.join(folder, 'node_modules'));
  for (const name of ['apps', 'backends', 'config', 'hasher'])
    copy(folder, `invoices/${name}.ts`, `${site}/${name}.ts`);
  copy(folder, 'admin.ts.txt', `${site}/admin.ts`);
  edit(
    path.join(folder, site, 'config.ts'),
    "defineConfig('invoices', {\n",
    "defineConfig('invoices', {\n  admins: [invoiceAdmin],\n",
  );
  edit(
    path.join(folder, site, 'config.ts'),
    /^(?=import)/,
    "import { invoiceAdmin } from './admin';\n",
  );
  copy(folder, 'invoices/invoices.prisma', 'prisma/schema/invoices.prisma');
  copy(folder, 'invoices.test.ts.txt', 'tests/integration/site/invoices/invoices.test.ts');
  for (const [file, text, instead] of EDITS) edit(path.join(folder, file), text, instead);
  runIn(folder, 'scripts/generate.ts');
  runIn(folder, 'manage.ts', 'makemigrations', 'invoices', 'initial');
  return folder;
}

/** Run a script of the copy to its end; throws with its output unless it succeeds. */
function runIn(folder: string, ...args: string[]): void {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--import', 'tsx', ...args], {
    cwd: folder,
    encoding: 'utf8',
    env: { ...process.env, DATABASE_URL: 'file:./none.sqlite3', SECRET_KEY: 'x'.repeat(40) },
  });
  if (status !== 0) throw new Error(`${args.join(' ')} failed:\n${stdout}${stderr}`);
}

function copy(folder: string, from: string, to: string): void {
  mkdirSync(path.dirname(path.join(folder, to)), { recursive: true });
  cpSync(path.join(import.meta.dirname, from), path.join(folder, to));
}

function edit(file: string, text: string | RegExp, instead: string): void {
  const before = readFileSync(file, 'utf8');
  const after = before.replace(text, instead);
  if (after === before) throw new Error(`${file} has no ${text}.`);
  writeFileSync(file, after);
}

function existsIn(folder: string, name: string): boolean {
  return name !== '' && existsSync(path.join(folder, name));
}
