import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { settings } from '@/lib/conf/settings';
import { ServiceUnavailable } from '@/lib/core/exceptions';
import { siblingProcesses } from '@/lib/core/processes';

type Job = {
  message: { text: string; setting: string; times: number };
  resolve(hash: string): void;
  reject(error: unknown): void;
  startedAt: number;
};

type Pool = {
  idle: Worker[];
  busy: Map<Worker, Job>;
  queue: Job[];
  /** Milliseconds that the last job took. */
  lastDuration: number;
};

const KEY = Symbol.for('gatehouse.auth.bcrypt-workers');

// The bundler makes several copies of this module; the threads are those of the process.
const shared: typeof globalThis & { [KEY]?: Pool } = globalThis;
shared[KEY] ??= { idle: [], busy: new Map(), queue: [], lastDuration: 300 };
const pool = shared[KEY];

/**
 * bcrypt outside the thread that serves pages. settings.PASSWORD_WORKERS threads are started as they
 * are needed, kept, replaced when they crash, and never keep the process alive while they are idle.
 */
export const bcryptWorkers = {
  /**
   * The bcrypt text of `text` under `setting`, `$2b$ROUNDS$SALT`; computed `times` times over for
   * whoever wants the work rather than the result. Throws ServiceUnavailable when
   * this process's part of settings.PASSWORD_QUEUE_SIZE waits already, and Error when the thread died of it.
   */
  async hash(text: string, setting: string, times = 1): Promise<string> {
    bcryptWorkers.refuseWhenBusy();
    return new Promise((resolve, reject) => {
      pool.queue.push({ message: { text, setting, times }, resolve, reject, startedAt: 0 });
      assign();
    });
  },

  /** Throws ServiceUnavailable while `hash` would. */
  refuseWhenBusy(): void {
    if (pool.busy.size < size() || pool.queue.length < queueSize()) return;
    throw new ServiceUnavailable(secondsToWait(), 'Too many people are signing in just now.');
  },

  /** How many threads compute, and how many passwords wait for one. */
  state(): { busy: number; waiting: number } {
    return { busy: pool.busy.size, waiting: pool.queue.length };
  },
};

function size(): number {
  return settings.PASSWORD_WORKERS ?? Math.ceil(availableParallelism() / siblingProcesses());
}

function queueSize(): number {
  return Math.ceil(settings.PASSWORD_QUEUE_SIZE / siblingProcesses());
}

function secondsToWait(): number {
  const ahead = pool.queue.length + pool.busy.size;
  return Math.max(1, Math.ceil((ahead * pool.lastDuration) / size() / 1000));
}

function assign(): void {
  while (pool.busy.size < size()) {
    const job = pool.queue.shift();
    if (!job) return;
    const worker = pool.idle.pop() ?? startWorker();
    pool.busy.set(worker, job);
    job.startedAt = performance.now();
    worker.ref();
    worker.postMessage(job.message);
  }
}

function startWorker(): Worker {
  // No secret of the environment, and none of the loaders that this process was started with.
  const options = { env: {}, execArgv: [] };
  const worker = new Worker(new URL('./bcrypt-worker.mjs', import.meta.url), options);
  worker.on('message', (hash: string) => {
    const job = release(worker);
    pool.idle.push(worker);
    worker.unref();
    if (job) pool.lastDuration = performance.now() - job.startedAt;
    job?.resolve(hash);
    assign();
  });
  worker.on('error', (error) => release(worker)?.reject(error));
  worker.on('exit', () => {
    release(worker)?.reject(new Error('The thread that computed a password ended.'));
    pool.idle = pool.idle.filter((other) => other !== worker);
    assign();
  });
  return worker;
}

function release(worker: Worker): Job | undefined {
  const job = pool.busy.get(worker);
  pool.busy.delete(worker);
  return job;
}
