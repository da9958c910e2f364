import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { packagesOnlyOf } from '@/lib/core/management/removeapp/packages';

const FILES: Record<string, string> = {
  'package.json': JSON.stringify({
    dependencies: {
      qr: '1',
      '@keys/server': '1',
      '@keys/server-sent': '1',
      both: '1',
      spare: '1',
      made: '1',
    },
    devDependencies: { gauge: '1' },
  }),
  'knip.json': JSON.stringify({ ignoreDependencies: ['made'] }),
  'app.ts': `import { made } from 'made';\nimport { encode } from 'qr';\nimport both from 'both';\nimport 'gauge/register';\n`,
  'late.ts': `const keys = await import('@keys/server');\n`,
  'stays.ts': `import { half } from "both/half";\nimport '@keys/server-sent';\n`,
  'next.config.mjs': `export const kept = ['qr', 'spare'];\n`,
  'words.md': `'spare'`,
};

let root = '';

beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), 'gatehouse-packages-'));
  for (const [name, text] of Object.entries(FILES)) writeFileSync(path.join(root, name), text);
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

it('are those that what goes imports, and nothing that stays', () => {
  const gone = new Set(['app.ts', 'late.ts', 'words.md']);
  expect(packagesOnlyOf(root, Object.keys(FILES), gone)).toEqual(['qr', '@keys/server', 'gauge']);
});

it('are none where nothing goes, and where there is no package.json', () => {
  expect(packagesOnlyOf(root, Object.keys(FILES), new Set())).toEqual([]);
  expect(packagesOnlyOf(path.join(root, 'no'), ['app.ts'], new Set(['app.ts']))).toEqual([]);
});
