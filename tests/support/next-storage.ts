import { AsyncLocalStorage } from 'node:async_hooks';

// Next.js looks for it once, when its first module is loaded: without, no request has a storage.
Object.assign(globalThis, { AsyncLocalStorage });
