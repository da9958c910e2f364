import { AsyncLocalStorage } from 'node:async_hooks';
import { nextSource } from './next-source';
import type { RequestSource } from './request-source';

const given = new AsyncLocalStorage<RequestSource>();

/** Where the request that is being answered comes from: Next.js, unless another source was given. */
export function currentSource(): RequestSource {
  return given.getStore() ?? nextSource;
}

/** Answer a request of another source while `work` runs: what a test of the boundary does. */
export function withRequestSource<T>(source: RequestSource, work: () => T): T {
  return given.run(source, work);
}

/** Whether a script sends the action that is being answered; else a browser without scripts does. */
export function isSentByScript(): boolean {
  return currentSource().incoming()?.header('next-action') !== undefined;
}

/** Do something once the request is answered, such as sending a mail. */
export function after(task: () => unknown): void {
  currentSource().after(task);
}
