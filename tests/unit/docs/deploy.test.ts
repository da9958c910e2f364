import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { readSource } from '@/tests/support/sources';

const folder = mkdtempSync(path.join(tmpdir(), 'gatehouse-docs-'));
afterAll(() => rmSync(folder, { recursive: true }));

const page = readSource('docs/deploy.md');

const blocksOf = (title: string) => {
  const [, section = ''] = page.split(`## ${title}\n`);
  const [own = ''] = section.split('\n## ');
  return [...own.matchAll(/```sh\n(.*?)```/gs)].map(([, block = '']) => block);
};

const program = (name: string, text: string) =>
  writeFileSync(path.join(folder, name), `#!/bin/sh\n${text}\n`, { mode: 0o755 });

/** Run what the page shows: the lines that its programs, which only tell, have printed. */
function said(script: string): string[] {
  const here = script.replaceAll('/etc/gatehouse/environment', path.join(folder, 'environment'));
  const env = { ...process.env, PATH: `${folder}:${process.env['PATH']}` };
  const options = { env, cwd: folder, encoding: 'utf8' } as const;
  return execFileSync('sh', ['-c', `umask 022\n${here}`], options)
    .trim()
    .split('\n');
}

describe('docs/deploy.md', () => {
  it('tries a restore in another database than that of the site', () => {
    program('setpriv', 'while [ "$1" != --clear-groups ]; do shift; done; shift; exec "$@"');
    program('node', 'shift 3; echo "$DATABASE_URL $*"');
    writeFileSync(path.join(folder, 'environment'), 'DATABASE_URL=live\n');
    const definition = /^as_gatehouse\(\).*$/m.exec(page)?.[0] ?? '';
    const file = '/var/lib/gatehouse/backups/today.backup';
    expect(said([definition, ...blocksOf('Backup and restore')].join('\n'))).toEqual([
      `live backup ${file}`,
      `file:/var/lib/gatehouse/try.sqlite3 restore ${file}`,
      'file:/var/lib/gatehouse/try.sqlite3 check',
      `live restore ${file}`,
    ]);
  });

  it('keeps the action key, and what is built with it, from other users and from Git', () => {
    program('openssl', 'echo key');
    program('docker', 'echo');
    said(blocksOf('As containers').join('\n'));
    expect(statSync(path.join(folder, 'action-key')).mode & 0o077).toBe(0);
    expect(readSource('.gitignore').split('\n')).toContain('action-key');
    const modes = [
      ...blocksOf('From nothing')
        .join('')
        .matchAll(/^install -d -m (\d+)/gm),
    ];
    expect(modes.map(([, mode]) => mode)).toEqual(['0750', '0750', '0700']);
  });
});
