import { AsyncLocalStorage } from 'node:async_hooks';

const KEY = Symbol.for('gatehouse.db.hurry');

// The bundler makes several copies of a module; all of them must see the same storage.
const shared: typeof globalThis & { [KEY]?: AsyncLocalStorage<true> } = globalThis;
shared[KEY] ??= new AsyncLocalStorage<true>();
const storage = shared[KEY];

/** Run `work` so that its statements and transactions wait for no other writer. */
export function hurry<T>(work: () => Promise<T>): Promise<T> {
  return storage.run(true, work);
}

/** Whether what runs now should rather fail than wait for another writer. */
export function isHurried(): boolean {
  return storage.getStore() === true;
}
