import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CommandIo } from '@/lib/core/management/base';
import { command } from '@/lib/core/management/commands/removeapp';
import { planRemoval } from '@/lib/core/management/removeapp/plan';
import { pruneConfig } from '@/lib/core/management/removeapp/prune-config';
import { takeOut } from '@/lib/core/management/removeapp/take-out';

const TREE: Record<string, string> = {
  'lib/site/apps.ts': `import { notesApp } from '@/lib/site/notes/apps';
import { otherApp } from '@/lib/site/other/apps';

export const apps = [
  notesApp,
  otherApp,
] as const;
`,
  'lib/site/app-configs.ts': `import { otherConfig } from '@/lib/site/other/config';
import { notesConfig } from './notes/config';

export const appConfigs = [
  otherConfig,
  notesConfig,
];
`,
  'lib/site/notes/apps.ts': 'export const notesApp = 1;\n',
  'lib/site/notes/config.ts': `import { shout } from '@/lib/core/shout';\nexport const notesConfig = shout;\n`,
  'lib/site/other/apps.ts': 'export const otherApp = 1;\n',
  'lib/site/other/config.ts': `import { quiet } from '@/lib/core/shout';\nexport const otherConfig = quiet;\n`,
  'lib/core/shout.ts': 'export const shout = 1;\nexport const quiet = 2;\n',
  'app/(notes)/notes/[id]/page.tsx': `import { Note } from '@/components/notes/note';\nexport const page = Note;\n`,
  'app/(other)/page.tsx': `import { Both } from '@/components/both';\nexport const page = Both;\n`,
  'components/notes/note.tsx': `import { Both } from '@/components/both';\nexport const Note = Both;\n`,
  'components/both.tsx': 'export const Both = 1;\n',
  'components/never-used.tsx': 'export const Never = 1;\n',
  'prisma/schema/notes.prisma': 'model Note {\n  id Int @id\n\n  @@map("notes_note")\n}\n',
  'prisma/migrations/schema/notes.prisma': '',
  'prisma/migrations/sqlite/20261128000000_notes_initial/migration.sql': '',
  'prisma/migrations/sqlite/20261128000001_other_initial/migration.sql': '',
  'docs/django-map.md':
    '| a note | `lib/site/notes/apps.ts` | `notesApp` |\n| quiet | `lib/core/shout.ts` | `quiet` |\n',
  'docs/apps/notes.md': '',
  'bench/notes.ts': '',
  'bench/by-helper.ts': `import { rows } from './rows';\nexport const measure = rows;\n`,
  'bench/rows.ts': 'export const rows = (db: never) => db.note;\n',
  'bench/other.ts': '',
  'bench/by-row.ts': 'export const measure = (db: never) => db.note;\n',
  'knip.json': '{ "entry": ["lib/site/notes/apps.ts", "scripts/a.ts"] }',
  'tests/integration/site/notes/notes.test.ts': '',
  'tests/support/notes-helper.ts': `import { notesApp } from '@/lib/site/notes/apps';\nexport const help = notesApp;\n`,
  'tests/unit/by-helper.test.ts': `import { help } from '@/tests/support/notes-helper';\nexport const x = help;\n`,
  'tests/unit/by-permission.test.ts': `export const x = 'notes.add_note';\n`,
  'tests/unit/by-codename.test.ts': `export const x = { codename: 'shout_note' };\n`,
  'tests/unit/by-row.test.ts': 'export const x = (db: never) => db.note;\n',
  'tests/e2e/by-address.spec.ts': `export const x = '/notes/7/';\n`,
  'tests/unit/about-keynotes.test.ts': `export const x = ['keynotes.add_note', '/keynotes/', 'notes.md'];\n`,
};

const declaration = {
  label: 'notes',
  models: { note: { permissions: [['shout_note', 'Can shout note']] } },
} as const;

const appOfMigration = (name: string) => name.split('_')[1] ?? null;

let root: string;

beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), 'gatehouse-removeapp-'));
  for (const [name, text] of Object.entries(TREE)) {
    mkdirSync(path.join(root, path.dirname(name)), { recursive: true });
    writeFileSync(path.join(root, name), text);
  }
});

afterEach(() => rmSync(root, { recursive: true, force: true }));

const read = (name: string) => readFileSync(path.join(root, name), 'utf8');
const plan = (files = Object.keys(TREE)) =>
  planRemoval({ root, files, declaration, appOfMigration });

describe('planRemoval', () => {
  it('finds the folders, models, migrations, documents, bench and tests of the app, and no others', () => {
    expect(plan().own).toEqual([
      'lib/site/notes/apps.ts',
      'lib/site/notes/config.ts',
      'app/(notes)/notes/[id]/page.tsx',
      'prisma/schema/notes.prisma',
      'prisma/migrations/schema/notes.prisma',
      'prisma/migrations/sqlite/20261128000000_notes_initial/migration.sql',
      'docs/apps/notes.md',
      'bench/notes.ts',
      'tests/integration/site/notes/notes.test.ts',
    ]);
  });

  it('finds what nothing else uses, and leaves what was never used', () => {
    expect(plan().unused).toEqual([
      'components/notes/note.tsx',
      'bench/rows.ts',
      'tests/support/notes-helper.ts',
    ]);
  });

  it('finds tests and benches that name a permission, a row or an address, or lead to the app', () => {
    expect(plan().tests).toEqual([
      'bench/by-helper.ts',
      'bench/by-row.ts',
      'tests/unit/by-helper.test.ts',
      'tests/unit/by-permission.test.ts',
      'tests/unit/by-codename.test.ts',
      'tests/unit/by-row.test.ts',
      'tests/e2e/by-address.spec.ts',
    ]);
  });

  it('finds what the rest offers to the app alone', () => {
    expect(plan().offered).toEqual(['lib/core/shout.ts']);
    expect(plan().holders).toEqual([]);
  });

  it('finds who imports the app by name', () => {
    writeFileSync(
      path.join(root, 'lib/core/shout.ts'),
      `import { notesApp } from '@/lib/site/notes/apps';\nexport const shout = notesApp;\n`,
    );
    expect(plan().holders).toEqual(['lib/core/shout.ts']);
  });
});

describe('an app of which others bring something', () => {
  const CONFIG = `import { receiver } from '@/lib/apps';
import { extend, type Screen } from '@/lib/notes/screens';
import { checkDeletion } from './deletion';
import { limits, rules } from './rules';

export const otherConfig = defineConfig('other', {
  admins: [Own, extend('a')],
  additions: [extend('b', { rules, checkDeletion })],
  limits: [limits],
  rest: { receiver },
});
`;
  const isGone = (from: string) => from === '@/lib/notes/screens';

  it('goes from their configs with the imports that nothing else needs', async () => {
    const pruned = await pruneConfig('config.ts', CONFIG, isGone);
    expect(pruned?.text.replaceAll(/\s+/g, ' ')).toBe(
      "import { receiver } from '@/lib/apps'; import { limits } from './rules'; " +
        "export const otherConfig = defineConfig('other', { admins: [Own, ], limits: [limits], rest: { receiver }, }); ",
    );
    expect(pruned?.dropped).toEqual([
      { from: '@/lib/notes/screens', names: ['extend', 'Screen'] },
      { from: './deletion', names: ['checkDeletion'] },
      { from: './rules', names: ['rules'] },
    ]);
  });

  it('stays where they name it elsewhere', async () => {
    const config = `${CONFIG}export const more = extend('c');\n`;
    expect(await pruneConfig('config.ts', config, isGone)).toBeNull();
  });

  it('takes with it the parts that it alone reads, and what they needed', async () => {
    const parts = `declare module '@/lib/apps/define-config' {
  interface AppConfig {
    /** Where notes are shown. */
    readonly boards?: readonly string[];
  }
}
`;
    const config = `import { pin } from './pin';

export const otherConfig = defineConfig('other', {
  boards: [{ on: () => pin }],
  rest: [],
});
`;
    writeFileSync(path.join(root, 'lib/site/notes/apps.ts'), parts);
    writeFileSync(path.join(root, 'lib/site/other/config.ts'), config);
    const planned = plan();
    expect(planned.parts).toEqual(['boards']);
    expect(planned.configs).toEqual(['lib/site/other/config.ts']);
    const pruned = await pruneConfig('config.ts', config, () => false, planned.parts);
    expect(pruned?.text.replaceAll(/\s+/g, ' ')).toBe(
      " export const otherConfig = defineConfig('other', { rest: [], }); ",
    );
  });

  it('takes with it the code that is made of it alone', () => {
    const files: Record<string, string> = {
      'lib/site/screens.ts': `import { notesApp } from '@/lib/site/notes/apps';\nexport const s = notesApp;\n`,
      // Every list leads to every app, and is made of none.
      'lib/site/bystander.ts': `import { apps } from '@/lib/site/apps';\nexport const b = apps;\n`,
      'lib/site/other/more.ts': `import { s } from '@/lib/site/screens';\nexport const more = s;\n`,
      'lib/site/other/config.ts': `import { more } from './more';\nexport const otherConfig = more;\n`,
      'tests/unit/more.test.ts': `import { more } from '@/lib/site/other/more';\nexport const x = more;\n`,
    };
    for (const [name, text] of Object.entries(files)) writeFileSync(path.join(root, name), text);
    const planned = plan([...new Set([...Object.keys(TREE), ...Object.keys(files)])]);
    expect(planned.unused).toEqual(
      expect.arrayContaining(['lib/site/screens.ts', 'lib/site/other/more.ts']),
    );
    expect(planned.unused).not.toContain('lib/site/bystander.ts');
    expect(planned.tests).toContain('tests/unit/more.test.ts');
    expect(planned.configs).toEqual(['lib/site/other/config.ts']);
    expect(planned.holders).toEqual([]);
  });
});

describe('takeOut', () => {
  it('deletes the files and empty folders, and the lines that name them', () => {
    takeOut(root, 'notes', plan());
    expect(readdirSync(path.join(root, 'lib/site')).toSorted()).toEqual([
      'app-configs.ts',
      'apps.ts',
      'other',
    ]);
    expect(readdirSync(path.join(root, 'app'))).toEqual(['(other)']);
    expect(read('lib/site/apps.ts')).toBe(
      `import { otherApp } from '@/lib/site/other/apps';\n\nexport const apps = [\n  otherApp,\n] as const;\n`,
    );
    expect(read('lib/site/app-configs.ts')).not.toContain('notes');
    expect(JSON.parse(read('tests/gone.json'))).toEqual({
      notes: [
        'bench/by-helper.ts',
        'bench/by-row.ts',
        'tests/unit/by-helper.test.ts',
        'tests/unit/by-permission.test.ts',
        'tests/unit/by-codename.test.ts',
        'tests/unit/by-row.test.ts',
        'tests/e2e/by-address.spec.ts',
      ],
    });
    expect(read('docs/django-map.md')).toBe('| quiet | `lib/core/shout.ts` | `quiet` |\n');
    expect(JSON.parse(read('knip.json'))).toEqual({ entry: ['scripts/a.ts', 'lib/core/shout.ts'] });
  });

  it('deletes nothing when the list has no line of the app', () => {
    writeFileSync(path.join(root, 'lib/site/apps.ts'), 'export const apps = [] as const;\n');
    expect(() => takeOut(root, 'notes', plan())).toThrow('lib/site/apps.ts has no line of notes');
    expect(read('lib/site/notes/apps.ts')).toBe(TREE['lib/site/notes/apps.ts']);
  });
});

describe('manage removeapp', () => {
  const nobody: CommandIo = {
    out: () => {},
    err: () => {},
    prompt: () => Promise.reject(new Error('There is nobody to ask.')),
    isTty: false,
  };

  it.each([
    [['why'], /^why stays: it is required by .*matrix/],
    [['auth'], /^auth is one of Django's own apps/],
    [['messages'], /^messages is one of Django's own apps/],
    [['nothing'], /^There is no app nothing; there are /],
    [[], /^Name one app\.$/],
    [['why', 'matrix'], /^Name one app\.$/],
  ])('refuses %j', async (args, sentence) => {
    await expect(command.run([...args, '--dry-run'], nobody)).rejects.toThrow(sentence);
  });
});
