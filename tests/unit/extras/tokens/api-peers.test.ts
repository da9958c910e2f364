import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { startDjangoRest } from '@/bench/peers/api-peers';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'gatehouse-test-'));
  mkdirSync(path.join(folder, 'temporary'));
  vi.stubEnv('TMPDIR', path.join(folder, 'temporary'));
});

afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});

/** A Python that says its versions, and by these lines of a shell what it does then. */
function python(prepare: string, serve: string): void {
  const program = path.join(folder, 'python');
  const lines = [
    '#!/bin/sh',
    'case "$2" in',
    '  *VERSION*) echo 3.16 5.2 ;;',
    `  *prepare*) ${prepare} ;;`,
    `  *) ${serve} ;;`,
    'esac',
  ];
  writeFileSync(program, `${lines.join('\n')}\n`);
  chmodSync(program, 0o700);
  vi.stubEnv('DJANGO_PYTHON', program);
}

it.each([
  ['is not prepared', 'exit 1', '', 'Command failed'],
  ['says nothing that can be read', 'echo no tokens', '', 'is not valid JSON'],
  ['ends at once', `echo '["one"]'`, 'exit 1', 'does not answer'],
  ['is gone before it starts', `rm "$0"; echo '["one"]'`, '', 'does not answer'],
  ['is ended by a signal', `echo '["one"]'`, 'kill -9 $$', 'does not answer'],
])('leaves no folder of a peer that %s', async (_what, prepare, serve, message) => {
  python(prepare, serve);
  await expect(startDjangoRest({ people: 1, articles: 1 })).rejects.toThrow(message);
  expect(readdirSync(path.join(folder, 'temporary'))).toEqual([]);
});
