import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { readSource } from '@/tests/support/sources';

const folder = mkdtempSync(path.join(tmpdir(), 'gatehouse-docs-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** Run what the page shows with programs that say what they were asked, and of which database. */
function said(script: string): string[] {
  const program = (name: string, text: string) =>
    writeFileSync(path.join(folder, name), `#!/bin/sh\n${text}\n`, { mode: 0o755 });
  program('setpriv', 'while [ "$1" != --clear-groups ]; do shift; done; shift; exec "$@"');
  program('node', 'shift 3; echo "$DATABASE_URL $*"');
  writeFileSync(path.join(folder, 'environment'), 'DATABASE_URL=live\n');
  const here = script.replaceAll('/etc/gatehouse/environment', path.join(folder, 'environment'));
  const env = { ...process.env, PATH: `${folder}:${process.env['PATH']}` };
  return execFileSync('sh', ['-c', here], { env, encoding: 'utf8' }).trim().split('\n');
}

describe('docs/deploy.md', () => {
  it('tries a restore in another database than that of the site', () => {
    const page = readSource('docs/deploy.md');
    const definition = /^as_gatehouse\(\).*$/m.exec(page)?.[0] ?? '';
    const section = page.slice(page.indexOf('## Backup and restore'), page.indexOf('## Upgrade'));
    const blocks = [...section.matchAll(/```sh\n(.*?)```/gs)].map(([, block = '']) => block);
    const file = '/var/lib/gatehouse/backups/today.backup';
    expect(said([definition, ...blocks].join('\n'))).toEqual([
      `live backup ${file}`,
      `file:/var/lib/gatehouse/try.sqlite3 restore ${file}`,
      'file:/var/lib/gatehouse/try.sqlite3 check',
      `live restore ${file}`,
    ]);
  });
});
