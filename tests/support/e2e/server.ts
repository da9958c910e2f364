import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '../postgres';
import { neutral, testEnvironment } from './environment';

const root = path.resolve(import.meta.dirname, '../../..');
const STARTS_WITHIN_MS = 30_000;

/** A production server: `url` without a slash at its end, `lines` all that it printed so far. */
export type RunningServer = {
  url: string;
  databaseUrl: string;
  lines: string[];
  /** Of the process that was started; with WEB_CONCURRENCY its children answer requests. */
  pid: number;
  /** The status it ended with, or the signal that ended it. */
  ended: Promise<number | string>;
  stop(signal?: 'SIGINT' | 'SIGTERM' | 'SIGKILL'): Promise<void>;
};

/**
 * Start the production build on a free port: in one process, or with WEB_CONCURRENCY in `env` as
 * `npm start` does, in so many that are looked after by another. `stop` waits only for requests
 * under way, unless it is told SIGTERM. Throws with what it printed when it ends or does not
 * answer within 30 seconds.
 */
export async function startServer(
  databaseUrl: string,
  env: Record<string, string> = {},
  folder = root,
  node = process.execPath,
): Promise<RunningServer> {
  const port = await freePort();
  const url = `http://localhost:${port}`;
  const lines: string[] = [];
  const program = env['WEB_CONCURRENCY']
    ? ['scripts/start.mjs']
    : ['node_modules/next/dist/bin/next', 'start'];
  const child = spawn(node, [...program, '--port', String(port)], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...process.env,
      ...neutral,
      ...testEnvironment,
      NODE_ENV: 'production',
      NEXT_TELEMETRY_DISABLED: '1',
      START_LOADS_NO_PAGES: '1',
      DATABASE_URL: databaseUrl,
      ...env,
    },
  });
  for (const stream of [child.stdout, child.stderr]) collectLines(stream, lines);
  const ended = once(child, 'exit').then(([code, signal]) => code ?? signal);
  const stop: RunningServer['stop'] = async (signal = 'SIGINT') => {
    child.kill(signal);
    await ended;
  };
  const deadline = Date.now() + STARTS_WITHIN_MS;
  while (!(await answers(url))) {
    if (child.exitCode !== null || Date.now() > deadline) {
      await stop();
      throw new Error(`The server did not start:\n${lines.join('\n')}`);
    }
    await sleep(50);
  }
  return { url, databaseUrl, lines, pid: child.pid ?? 0, ended, stop };
}

function collectLines(stream: NodeJS.ReadableStream, lines: string[]): void {
  let rest = '';
  stream.setEncoding('utf8').on('data', (chunk: string) => {
    const parts = (rest + chunk).split('\n');
    rest = parts.pop() ?? '';
    lines.push(...parts);
  });
}

async function answers(url: string): Promise<boolean> {
  try {
    await fetch(`${url}/healthz/`, { redirect: 'manual' });
    return true;
  } catch {
    return false;
  }
}
