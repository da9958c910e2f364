import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { copyOfTree } from '@/tests/support/copy-of-tree';

const fixture = path.resolve('tests/support/every-type');

let folder: string;

beforeAll(() => {
  folder = copyOfTree();
  for (const app of ['shop', 'crm']) {
    cpSync(`${fixture}/${app}.prisma`, path.join(folder, `prisma/schema/${app}.prisma`));
  }
  mkdirSync(path.join(folder, 'lib/site/shop'));
  const apps = readFileSync(`${fixture}/apps.ts`, 'utf8')
    .replace(/^import .*siteApps.*\n/m, '')
    .replace(/^const (\w+App) =/gm, 'export const $1 =')
    .replace(/\/\*\* The apps of the site[\s\S]*$/, '');
  writeFileSync(path.join(folder, 'lib/site/shop/apps.ts'), apps);
  cpSync(`${fixture}/admin.ts.txt`, path.join(folder, 'lib/site/shop/config.ts'));
  // As Next.js writes it.
  writeFileSync(path.join(folder, 'next-env.d.ts'), '/// <reference types="next" />\n');
  edit('lib/site/apps.ts', [/^(?=import)/, "import { crmApp, shopApp } from './shop/apps';\n"]);
  edit('lib/site/apps.ts', [/\n\] as const;/, '\n  shopApp,\n  crmApp,\n] as const;']);
  edit('lib/site/app-configs.ts', [/^(?=import)/, "import { shopConfig } from './shop/config';\n"]);
  edit('lib/site/app-configs.ts', [/\n\];/, '\n  shopConfig,\n];']);
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

function edit(file: string, [text, instead]: [RegExp, string]): void {
  const full = path.join(folder, file);
  writeFileSync(full, readFileSync(full, 'utf8').replace(text, instead));
}

/** Run a program of the copy; what it says if it fails, else ''. */
function run(...args: string[]): string {
  const { status, stdout, stderr } = spawnSync(process.execPath, args, {
    cwd: folder,
    encoding: 'utf8',
    env: {
      ...process.env,
      DATABASE_URL: 'file:./var/new.sqlite3',
      SECRET_KEY: 'only-for-tests-0123456789abcdefghijklmnop',
    },
  });
  return status === 0 ? '' : stdout + stderr;
}

it('compiles with a model of each type and relation, registered and not', () => {
  expect(run('--import', 'tsx', 'scripts/generate.ts')).toBe('');
  expect(run('node_modules/typescript/bin/tsc', '--noEmit', '-p', 'tsconfig.build.json')).toBe('');
});

it('is migrated by the commands', () => {
  for (const app of ['shop', 'crm']) {
    expect(run('--import', 'tsx', 'manage.ts', 'makemigrations', app, 'initial')).toBe('');
  }
  mkdirSync(path.join(folder, 'var'), { recursive: true });
  expect(run('--import', 'tsx', 'manage.ts', 'migrate')).toBe('');
  expect(run('--import', 'tsx', 'manage.ts', 'check')).toBe('');
});

it.each([
  ['tags String[]', 'Product.tags is a list of values, which SQLite cannot keep'],
  [
    'n Int @default(dbgenerated("random()"))',
    'Product.n has a default that only PostgreSQL can make',
  ],
])('names model and field of what SQLite cannot have: %s', (line, told) => {
  const file = path.join(folder, 'prisma/schema/shop.prisma');
  const before = readFileSync(file, 'utf8');
  writeFileSync(file, before.replace('  name       String', `  ${line}\n  name       String`));
  expect(run('--import', 'tsx', 'scripts/generate.ts')).toContain(told);
  writeFileSync(file, before);
});

it('names a model twice in two apps', () => {
  const file = path.join(folder, 'prisma/schema/crm.prisma');
  const before = readFileSync(file, 'utf8');
  writeFileSync(file, before.replace('model CrmOrder', 'model Order'));
  expect(run('--import', 'tsx', 'scripts/generate.ts')).toContain('Two apps have a model Order');
  writeFileSync(file, before);
});
