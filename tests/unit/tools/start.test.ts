import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { freePort } from '@/tests/support/postgres';
import { repositoryRoot } from '@/tests/support/sources';

const folder = mkdtempSync(path.join(tmpdir(), 'gatehouse-start-'));
afterAll(() => rmSync(folder, { recursive: true }));
beforeAll(() => {
  cpSync(path.join(repositoryRoot, 'scripts'), path.join(folder, 'scripts'), { recursive: true });
});

/** The first of these processes is one that serves and cannot be spoken to any more. */
const SERVER = `
  const cluster = require('node:cluster');
  const parent = process.ppid;
  setInterval(() => process.ppid === parent || process.exit(), 100);
  if (cluster.worker.id === 1) {
    cluster.worker.exitedAfterDisconnect = true;
    process.send({ gatehouse: { processes: 2 } }, () => process.disconnect());
  } else {
    process.on('message', () => console.log('answered'));
    process.send({ gatehouse: {} });
    process.send({ gatehouseReply: { asker: 1 } });
    process.send({ gatehouseAsk: { id: 'a' } });
  }`;

/** Node.js's own program, which cannot be started the second time. */
const OUT_OF_PROCESSES = `
  import cluster from 'node:cluster';
  const { execPath } = process;
  let asked = 0;
  if (cluster.isPrimary) {
    Object.defineProperty(process, 'execPath', {
      get: () => (++asked === 2 ? '/nowhere/node' : execPath),
    });
  }`;

/** Says how much memory it may take, in MiB. */
const HEAP = `
  const { heap_size_limit } = require('node:v8').getHeapStatistics();
  console.log('heap ' + Math.round(heap_size_limit / 2 ** 20));
  setInterval(() => {}, 1000);`;

/** Run the server until it has said this, and end it: what it said, and its status. */
async function runUntil(words: string, args: string[] = [], further: Record<string, string> = {}) {
  const all = [...args, path.join(folder, 'scripts/start.mjs')];
  const server: ChildProcess = spawn(process.execPath, all, {
    cwd: folder,
    env: {
      PATH: process.env['PATH'],
      NODE_ENV: 'production',
      PORT: String(await freePort()),
      ...further,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  onTestFinished(() => void server.kill('SIGKILL'));
  const ended = once(server, 'close');
  const said: string[] = [];
  for (const stream of [server.stdout, server.stderr]) {
    if (!stream) continue;
    createInterface({ input: stream }).on('line', (line) => {
      said.push(line);
      if (line.includes(words)) server.kill('SIGTERM');
    });
  }
  const [status] = await ended;
  return { status, said: said.join('\n') };
}

describe('the process that looks after the others', () => {
  it('goes on when one of them cannot be spoken to', async () => {
    writeFileSync(path.join(folder, 'server.js'), SERVER);
    const { status, said } = await runUntil('answered');
    expect(said).toContain('answered');
    expect(said).toContain('cannot be spoken to');
    expect(status).toBe(0);
  });

  it('tries again when one of them cannot be started', async () => {
    writeFileSync(path.join(folder, 'server.js'), SERVER);
    writeFileSync(path.join(folder, 'few.mjs'), OUT_OF_PROCESSES);
    const { status, said } = await runUntil('another one starts', [
      '--import',
      path.join(folder, 'few.mjs'),
    ]);
    expect(said).toContain('A process of the server cannot be started');
    expect(status).toBe(0);
  });

  it('keeps the heap of a process small, or as large as NODE_OPTIONS says', async () => {
    writeFileSync(path.join(folder, 'server.js'), HEAP);
    const limits = [];
    for (const options of ['', '--max-old-space-size=700']) {
      const { said } = await runUntil('heap', [], { NODE_OPTIONS: options });
      limits.push(Number(/heap (\d+)/.exec(said)?.[1]));
    }
    expect(limits[0]).toBeGreaterThanOrEqual(1024);
    expect(limits[0]).toBeLessThan(1200);
    expect(limits[1]).toBeGreaterThanOrEqual(700);
    expect(limits[1]).toBeLessThan(900);
  });
});
