import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { biomeLayers } from '@/scripts/lint/biome-rules';
import { EXCEPTIONS } from '@/scripts/lint/exceptions';
import { LAYERS } from '@/scripts/lint/layers';
import {
  parseSource,
  readSource,
  repositoryRoot,
  sourceFiles,
  walk,
} from '@/tests/support/sources';

/** A folder of each layer in which no file of the repository is named. */
const FOLDERS = [...LAYERS.map(({ at: [place = ''] }) => place.replace('*', 'new')), 'app'];

const pairs = FOLDERS.flatMap((low, i) => FOLDERS.slice(i + 1).map((high) => [low, high] as const));

const file = (low: string, high: string, form: string) =>
  `${low}/${high.replaceAll('/', '-')}-${form}.ts`;

const FORMS: Record<string, (high: string, low: string) => string> = {
  alias: (high) => `import { x } from '@/${high}/module';\nexport const y = x;\n`,
  relative: (high, low) =>
    `import { x } from '${path.posix.relative(low, high)}/module';\nexport const y = x;\n`,
  type: (high) => `import type { X } from '@/${high}/module';\nexport type Y = X;\n`,
  dynamic: (high) => `export const y = () => import('@/${high}/module');\n`,
  reexport: (high) => `export { x } from '@/${high}/module';\n`,
};

const SINGLE: [file: string, source: string][] = [
  [
    'lib/contrib/auth/next.ts',
    `import { headers } from 'next/headers';\nexport const y = headers;\n`,
  ],
  [
    'lib/contrib/sessions/prisma.ts',
    `import { Prisma } from '@prisma/client';\nexport const y = Prisma;\n`,
  ],
  [
    'lib/contrib/auth/generated.ts',
    `import { x } from '@/lib/generated/sqlite/client';\nexport const y = x;\n`,
  ],
  ['lib/contrib/auth/around.ts', `import { x } from './x/../../http/y';\nexport const y = x;\n`],
  ['lib/contrib/auth/beside.ts', `import { x } from './admin/y';\nexport const y = x;\n`],
  ['lib/contrib/auth/own-screens.ts', `import { x } from './admin';\nexport const y = x;\n`],
  [
    'lib/contrib/auth/index-of-admin.ts',
    `import { x } from '@/lib/contrib/admin';\nexport const y = x;\n`,
  ],
  [
    'lib/http/site.ts',
    `import { x } from '@/components/frame/site-header';\nexport const y = x;\n`,
  ],
  ['lib/contrib/auth/apps.ts', `import { x } from '@/lib/conf/settings';\nexport const y = x;\n`],
  ['lib/extras/new/apps.ts', `import { x } from '@/lib/extras/new/models';\nexport const y = x;\n`],
  ['lib/core/drawn.ts', `import { x } from '@/components/button';\nexport const y = x;\n`],
  [
    'lib/core/management/commands/served.ts',
    `import { x } from '@/lib/http/y';\nexport const y = x;\n`,
  ],
  ['components/client.ts', `import { db } from '@/lib/db/client';\nexport const y = db;\n`],
  ['components/page.ts', `import { x } from '@/app/(site)/page';\nexport const y = x;\n`],
  ['app/client.ts', `import { db } from '@/lib/db/client';\nexport const y = db;\n`],
  [
    'app/command.ts',
    `import { x } from '@/lib/contrib/auth/management/commands/y';\nexport const y = x;\n`,
  ],
  ['middleware.ts', `import { db } from '@/lib/db/client';\nexport const y = db;\n`],
  // Who may import one thing from above may import no other.
  ...EXCEPTIONS.flatMap(({ from }) => from).map((name): [string, string] => [
    name,
    `import { x } from '@/app/(site)/page';\nexport const y = x;\n`,
  ]),
];

const CLEAN: [file: string, source: string][] = [
  ...FOLDERS.flatMap((high, i) =>
    FOLDERS.slice(0, i)
      .filter((low) => !(high === 'app' && low === 'lib/db'))
      .map((low): [string, string] => [
        file(high, low, 'clean'),
        `import { x } from '@/${low}/module';\nexport const y = x;\n`,
      ]),
  ),
  [
    'lib/http/clean.ts',
    `import { x } from '@/components/pages/a';\nimport 'next/headers';\nexport const y = x;\n`,
  ],
  ['lib/contrib/auth/sibling.ts', `import { x } from './hashers/pbkdf2';\nexport const y = x;\n`],
  [
    'lib/contrib/messages/admin.ts',
    `import { x } from '@/lib/contrib/admin/options';\nexport const y = x;\n`,
  ],
  ['lib/extras/new/models.ts', `import { x } from '@/lib/contrib/auth';\nexport const y = x;\n`],
  ['lib/site/new/apps.ts', `import { x } from '@/lib/apps/define-app';\nexport const y = x;\n`],
  [
    'lib/core/management/commands/high.ts',
    `import { x } from '@/lib/site/y';\nexport const y = x;\n`,
  ],
];

type Diagnostic = { category: string; location: { path: string } };

let folder: string;
let refused: Set<string>;

function seed(name: string, source: string) {
  mkdirSync(path.join(folder, path.dirname(name)), { recursive: true });
  writeFileSync(path.join(folder, name), source);
}

function restrictedImports(): Set<string> {
  const biome = path.join(repositoryRoot, 'node_modules/@biomejs/biome/bin/biome');
  const args = [
    'lint',
    '--only=style/noRestrictedImports',
    '--reporter=json',
    '--max-diagnostics=none',
    '.',
  ];
  let output: string;
  try {
    output = execFileSync(process.execPath, [biome, ...args], {
      cwd: folder,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
      maxBuffer: 64 * 1024 * 1024,
    });
  } catch (error) {
    output = (error as { stdout: string }).stdout;
  }
  const { diagnostics }: { diagnostics: Diagnostic[] } = JSON.parse(output);
  return new Set(diagnostics.map(({ location }) => location.path));
}

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'gatehouse-layers-'));
  for (const name of ['biome.json', 'biome.layers.json', '.gitignore']) {
    cpSync(path.join(repositoryRoot, name), path.join(folder, name));
  }
  for (const [low, high] of pairs) {
    for (const [form, source] of Object.entries(FORMS))
      seed(file(low, high, form), source(high, low));
  }
  for (const [name, source] of [...SINGLE, ...CLEAN]) seed(name, source);
  refused = restrictedImports();
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('the layers of biome.layers.json', () => {
  it('are written from the one array: npx tsx scripts/write-layers.ts', () => {
    expect(readSource('biome.layers.json')).toBe(biomeLayers());
  });

  it.each(pairs)('%s must not import %s, in any form', (low, high) => {
    for (const form of Object.keys(FORMS)) expect(refused).toContain(file(low, high, form));
  });

  it.each(SINGLE)('refuses what %s imports', (name) => expect(refused).toContain(name));

  it.each(CLEAN)('accepts what %s imports', (name) => expect(refused).not.toContain(name));
});

/** What names a module in a way that Biome does not look at. */
function hiddenImports(source: string): string[] {
  const found: string[] = [];
  // Parsing is what costs: without one of these words there is none.
  if (!/\bimport\s*[(/]|\bimport\s[^'"{*]*=|\brequire\b/.test(source)) return found;
  walk(parseSource(source), (node) => {
    if (node.type === 'TSImportType' || node.type === 'TSImportEqualsDeclaration')
      found.push(node.type);
    const isDynamic = node.type === 'ImportExpression';
    if (isDynamic && (node['source'] as { type: string }).type !== 'Literal') found.push(node.type);
    const callee = node['callee'] as { name?: string } | undefined;
    if (node.type === 'CallExpression' && callee?.name === 'require') found.push('require');
  });
  return found;
}

describe('imports that the layers cannot see', () => {
  it.each([
    `type X = import('@/app/(site)/page').X;`,
    'const x = import(`@/app/page`);',
    `const x = require('@/app/(site)/page');`,
    `import x = require('@/app/(site)/page');`,
  ])('finds %s', (source) => expect(hiddenImports(source)).toHaveLength(1));

  it('stand nowhere', () => {
    const files = ['app', 'components', 'lib'].flatMap((name) => sourceFiles(name));
    expect(files.length).toBeGreaterThan(50);
    expect(files.filter((name) => hiddenImports(readSource(name)).length > 0)).toEqual([]);
  });
});
