import { subscribe } from 'node:diagnostics_channel';
import { answerProcesses } from './siblings';

const KEY = Symbol.for('gatehouse.metrics.counting');
const shared: typeof globalThis & { [KEY]?: boolean } = globalThis;

type Answered = { method: string; status: number; seconds: number };

/**
 * Count each request from now on, and answer other processes that ask for the figures of this one. Once
 * in a process, however many copies of this module the bundler makes. The client of Prometheus is
 * loaded by the first request, and never by a command.
 */
export function startCounting(): void {
  if (shared[KEY]) return;
  shared[KEY] = true;
  subscribe('gatehouse:http:request', (message) => {
    void loaded().then(({ countRequest }) => countRequest(message as Answered));
  });
  answerProcesses('metrics', async () => (await loaded()).ownMetrics());
}

/** Count that somebody signed in, or could not. */
export async function countSignIn(result: 'success' | 'failure'): Promise<void> {
  (await loaded()).countSignIn(result);
}

function loaded() {
  return import('./registry');
}
