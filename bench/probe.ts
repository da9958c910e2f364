import { pathToFileURL } from 'node:url';
import { type RunningServer, startServer } from '@/tests/support/e2e/server';
import { freePort } from '@/tests/support/postgres';
import { send } from './client';

/**
 * What the probe in a server says: how late its event loop was since it was last asked and the CPU
 * time of all its threads so far, in milliseconds; its resident memory in bytes; the SQL statements
 * that it has run.
 */
export type Probed = {
  p50: number;
  p99: number;
  max: number;
  cpu: number;
  memory: number;
  statements: number;
};

/** A production server that can be asked how it fares. */
export type ProbedServer = RunningServer & { probe(): Promise<Probed> };

/** Start the production build as `npm start` does, in one process, with the probe loaded before it, by another Node if one is named. */
export async function startProbed(
  databaseUrl: string,
  env: Record<string, string> = {},
  folder?: string,
  node?: string,
): Promise<ProbedServer> {
  const port = await freePort();
  const probed = {
    WEB_CONCURRENCY: '1',
    // As in production, which a test's server is not.
    START_LOADS_NO_PAGES: '0',
    ...env,
    NODE_OPTIONS: `--import ${pathToFileURL('bench/event-loop-probe.mjs').href}`,
    BENCH_PROBE_PORT: String(port),
  };
  const server = await startServer(databaseUrl, probed, folder, node);
  const probe = async () => JSON.parse((await send(`http://127.0.0.1:${port}/`)).body);
  return { ...server, probe };
}
