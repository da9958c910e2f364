import { subscribe } from 'node:diagnostics_channel';
import type { ServerResponse } from 'node:http';
import { settings } from '@/lib/conf/settings';

const KEY = Symbol.for('gatehouse.http.shutdown');

// The bundler makes several copies of this module; the process ends once.
const shared: typeof globalThis & { [KEY]?: { isDraining: boolean } } = globalThis;
shared[KEY] ??= { isDraining: false };
const state = shared[KEY];

/** Whether this process has been told to end: a load balancer must send it nothing more. */
export function isDraining(): boolean {
  return state.isDraining;
}

/**
 * End without losing a request. On SIGTERM `/healthz/` turns to 503 and every answer closes its
 * connection, while everything is still answered; SHUTDOWN_DELAY seconds later Next.js does what it
 * does by itself on SIGTERM: it stops accepting, finishes what is under way and what `after()` was
 * given, and exits. What takes SHUTDOWN_TIMEOUT seconds longer is cut. SIGINT, of a terminal, waits
 * for nothing but requests under way. Call once per process, after Next.js has set its handlers.
 * Django: none (gunicorn's graceful_timeout)
 */
export function installShutdown(): void {
  subscribe('http.server.request.start', (message) => {
    if (!state.isDraining) return;
    const { response } = message as { response: ServerResponse };
    response.setHeader('connection', 'close');
  });
  const handlers = process.listeners('SIGTERM');
  process.removeAllListeners('SIGTERM');
  process.on('SIGTERM', () => {
    if (state.isDraining) return;
    state.isDraining = true;
    setTimeout(() => {
      for (const handle of handlers) handle('SIGTERM');
      if (handlers.length === 0) process.exit();
    }, settings.SHUTDOWN_DELAY * 1000);
    setTimeout(() => process.exit(1), (settings.SHUTDOWN_DELAY + settings.SHUTDOWN_TIMEOUT) * 1000);
  });
  process.on('SIGINT', () => {
    state.isDraining = true;
  });
}
