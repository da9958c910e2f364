import { spawnSync } from 'node:child_process';
import cluster from 'node:cluster';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { npmProgram, unreadableIn } from '@/scripts/ensure.mjs';
import { isFree } from '@/scripts/loopback.mjs';
import { oneAtATime } from '@/scripts/serve/one-at-a-time.mjs';
import { schedulingPolicy } from '@/scripts/serve/scheduling.mjs';
import { readSource, repositoryRoot } from '@/tests/support/sources';

describe('two commands of one clone at once', () => {
  let folder: string;
  let lock: string;
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'gatehouse-lock-'));
    lock = path.join(folder, 'var/up.lock');
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('take turns: the second waits and says for whom', async () => {
    const release = await oneAtATime(lock);
    expect(readFileSync(lock, 'utf8')).toBe(String(process.pid));
    const said: string[] = [];
    const tell = (line: string) => {
      if (said.push(line) === 2) release();
    };
    const releaseSecond = await oneAtATime(lock, tell);
    expect(said[0]).toContain(`process ${process.pid}`);
    releaseSecond();
    expect(existsSync(lock)).toBe(false);
  });

  it('do not wait for one that is gone', async () => {
    const { pid } = spawnSync(process.execPath, ['--version']);
    const release = await oneAtATime(lock);
    writeFileSync(lock, String(pid));
    release();
    expect(existsSync(lock), "another's is left alone").toBe(true);
    await oneAtATime(lock, (line: string) => expect.fail(line));
  });
});

describe('npm run up', () => {
  it.each([
    ['/usr/lib/node_modules/npm/bin/npm-cli.js', true],
    ['C:\\nodejs\\node_modules\\npm\\bin\\npm-cli.js', true],
    ['/usr/lib/node_modules/pnpm/bin/pnpm.cjs', false],
    ['/usr/lib/node_modules/yarn/bin/yarn.js', false],
    ['/root/.bun/bin/bun', false],
    [undefined, false],
  ])('run by %s installs with that program: %j', (program, isNpm) => {
    expect(npmProgram(program)).toBe(isNpm ? program : null);
  });

  it.each([
    ['/home/a/my app ü (1)', null],
    ['/home/a/x [y]', null],
    ['/home/a/a%20b', null],
    ['/home/a/C#', '#'],
    ['/home/a/q?x', '?'],
    ['/home/a/100%', '%'],
  ])('in %s finds what the build cannot read: %j', (folder, found) => {
    expect(unreadableIn(folder)).toBe(found);
  });

  it('sees that a port is taken, by whoever listens on either address of this machine', async () => {
    const server = createServer();
    await new Promise<void>((resolve) => {
      server.listen(0, '127.0.0.1', resolve);
    });
    const address = server.address();
    const port = typeof address === 'object' && address ? address.port : 0;
    expect(await isFree(port, ['127.0.0.1', '::1'])).toBe(false);
    expect(await isFree(port, [undefined])).toBe(false);
    await new Promise((resolve) => {
      server.close(resolve);
    });
    expect(await isFree(port, ['127.0.0.1', '::1'])).toBe(true);
  });

  it('and npm start make room for the cookies of other sites of the host', () => {
    for (const script of ['scripts/start.mjs', 'scripts/dev.mjs']) {
      expect(readSource(script)).toContain('ROOM_FOR_COOKIES');
    }
  });
});

describe('connections', () => {
  it.each([
    [{ DATABASE_URL: 'file:./a' }, cluster.SCHED_NONE],
    [{ DATABASE_URL: 'file:./a', WEB_CONCURRENCY: '2' }, cluster.SCHED_RR],
    [{ DATABASE_URL: 'postgres://u@h/n', WEB_CONCURRENCY: '1' }, cluster.SCHED_NONE],
    [{ DATABASE_URL: 'postgres://u@h/n' }, cluster.SCHED_RR],
    [{}, cluster.SCHED_RR],
  ])('are taken by a process that is alone itself, else in turns: %j', (environment, policy) => {
    expect(schedulingPolicy(environment)).toBe(policy);
  });
});

describe('a command whose reader has gone', () => {
  it('ends without a word, as a shell does at SIGPIPE', () => {
    const script = `
      import { endWhenNobodyReads, terminal } from './lib/core/management/terminal.ts';
      endWhenNobodyReads();
      const write = () => { terminal.out('line '.repeat(1000)); setImmediate(write); };
      write();`;
    const node = `${process.execPath} --import tsx --input-type=module -e "$SCRIPT"`;
    const { stderr, stdout } = spawnSync('sh', ['-c', `{ ${node}; echo $? >&2; } | head -1`], {
      cwd: repositoryRoot,
      encoding: 'utf8',
      env: { ...process.env, SCRIPT: script },
    });
    expect([stdout.length > 0, stderr]).toEqual([true, '141\n']);
  });
});
