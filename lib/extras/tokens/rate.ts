import { settings } from '@/lib/conf/settings';

type Window = { started: number; requests: number };

const KEY = Symbol.for('gatehouse.tokens.rate');

// The bundler makes several copies of a module; all of them must see the same counts.
const shared: typeof globalThis & { [KEY]?: Map<number, Window> } = globalThis;
shared[KEY] ??= new Map();
const windows = shared[KEY];

// Counted out at once, so that many tokens of one moment leave nothing behind.
const MOST_KEPT = 10_000;

/**
 * Count a request of a token, by its id. Null if it may be answered, else the seconds after which one
 * may be: settings.TOKENS_RATE counts for each token in this process. `now` in milliseconds.
 */
export function waitOf(tokenId: number, now = Date.now()): number | null {
  const { requests, per } = settings.TOKENS_RATE;
  const known = windows.get(tokenId);
  // A clock that is set back must not make the wait a long one.
  const isOver = !known || now - known.started >= per * 1000 || now < known.started;
  if (isOver) {
    if (windows.size >= MOST_KEPT) forgetPast(now - per * 1000);
    windows.set(tokenId, { started: now, requests: 1 });
    return null;
  }
  known.requests += 1;
  if (known.requests <= requests) return null;
  return Math.max(1, Math.ceil((known.started + per * 1000 - now) / 1000));
}

function forgetPast(before: number): void {
  for (const [id, { started }] of windows) if (started <= before) windows.delete(id);
  if (windows.size >= MOST_KEPT) windows.clear();
}
