import cluster from 'node:cluster';
import { availableParallelism } from 'node:os';
import { settings } from '@/lib/conf/settings';
import { type CheckMessage, checkError } from './checks/registry';

/**
 * How many processes `npm start` runs on the one port: WEB_CONCURRENCY, else as many as there are
 * cores on PostgreSQL, and one on SQLite, where one may write at a time.
 * Django: none (gunicorn reads WEB_CONCURRENCY)
 */
export function serverProcesses(): number {
  if (settings.WEB_CONCURRENCY !== null) return settings.WEB_CONCURRENCY;
  return settings.DATABASE_URL.startsWith('file:') ? 1 : availableParallelism();
}

/** How many processes like this one share the machine: one, unless `npm start` made this one. */
export function siblingProcesses(): number {
  return cluster.isWorker ? serverProcesses() : 1;
}

/** Whether the system checks are this process's work: one that takes another's place runs none. */
export function isFirstProcess(): boolean {
  return !cluster.worker || cluster.worker.id === 1;
}

/** Tell `scripts/start.mjs`, if that made this process, that it serves, and how many there shall be. */
export function reportReady(): void {
  if (cluster.isWorker) process.send?.({ gatehouse: { processes: serverProcesses() } });
}

/** Numbers of processes and seconds that are none. */
export function checkProcesses(): CheckMessage[] {
  const { WEB_CONCURRENCY: processes, SHUTDOWN_DELAY: delay } = settings;
  const found: CheckMessage[] = [];
  if (processes !== null && !(Number.isInteger(processes) && processes > 0)) {
    const hint = 'Set it to the number of processes, or leave it out.';
    found.push(checkError('conf.E005', 'WEB_CONCURRENCY is not a number from 1.', hint));
  }
  if (!(Number.isInteger(delay) && delay >= 0)) {
    const hint = 'Set it to a number of seconds, or leave it out.';
    found.push(checkError('conf.E006', 'SHUTDOWN_DELAY is not a number from 0.', hint));
  }
  return found;
}
