import { setTimeout as sleep } from 'node:timers/promises';
import { settings } from '@/lib/conf/settings';
import { databaseFault, reportFault } from './faults';
import { hurry } from './hurry';

// Milliseconds: how long a page waits for what it can do without, and how long none tries again.
const PATIENCE = 1000;
const PAUSE = 1000;

type State = { pausedAt: number; pending: number };

const KEY = Symbol.for('gatehouse.db.bestEffort');

// The bundler makes several copies of a module; all of them must see the same state.
const shared: typeof globalThis & { [KEY]?: State } = globalThis;
shared[KEY] ??= { pausedAt: 0, pending: 0 };
const state = shared[KEY];

/**
 * Write something that a page can do without: it is awaited a second at most, waits for nobody's lock,
 * and a database that is away, busy or refuses is one line on stderr. For a second after that none is
 * tried, so that a page costs no more than reading it. Takes half of the pool at most. Returns
 * whether it was written. Throws what `write` throws for any other reason.
 */
export async function bestEffort(what: string, write: () => Promise<unknown>): Promise<boolean> {
  const most = Math.max(1, Math.floor(settings.DATABASE_POOL_SIZE / 2));
  if (isPaused() || state.pending >= most) return false;
  state.pending += 1;
  const attempt = hurry(write)
    .then(
      () => true,
      (error: unknown) => giveUp(what, error),
    )
    .finally(() => {
      state.pending -= 1;
    });
  const waiting = new AbortController();
  const late = sleep(PATIENCE, 'late' as const, waiting).catch(() => 'late' as const);
  const outcome = await Promise.race([attempt, late]).finally(() => waiting.abort());
  if (outcome !== 'late') return outcome;
  // Nobody listens to it any more.
  attempt.catch(() => null);
  pause();
  return false;
}

function giveUp(what: string, error: unknown): false {
  const fault = databaseFault(error);
  if (!fault) throw error;
  pause();
  reportFault(`${what} was not written, and the page was served`, fault, error);
  return false;
}

function pause(): void {
  state.pausedAt = Date.now();
}

// A clock that is set back must not make the pause a long one.
function isPaused(): boolean {
  const elapsed = Date.now() - state.pausedAt;
  return elapsed >= 0 && elapsed < PAUSE;
}
