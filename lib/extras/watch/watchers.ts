import { settings } from '@/lib/conf/settings';
import { getLogger } from '@/lib/core/logging';
import { isDraining } from '@/lib/http/server/shutdown';
import { type Standing, standingsOf } from './session-states';

/** What a watcher is told: that the session has ended, or that its person's rights are others. */
export type WatchEvent = 'ended' | 'changed';

/** One open stream. `state` is opaque, and what the stream is to be opened with the next time. */
export type Watcher = {
  tell(event: WatchEvent, state: string): void;
  /** Nothing more will be told. */
  close(): void;
};

/** Of a session in which somebody acts: when their rights were asked, and whether that failed last. */
type Watched = {
  state: string;
  watchers: Set<Watcher>;
  rightsAsked?: number;
  isFailing?: boolean;
};

// Milliseconds for which the rights of whoever acts count as known: each request asks them anyway.
const RIGHTS_AGE = 5000;

const logger = getLogger('watch');
const watched = new Map<number, Watched>();
let isLooking = false;
let isFailing = false;

/** How many streams this process holds. */
export function watcherCount(): number {
  let count = 0;
  for (const { watchers } of watched.values()) count += watchers.size;
  return count;
}

/**
 * Tell this watcher of the session with this row id, until what is returned is called: it is told of
 * everything that is other than `state`. Null if there are too many watchers already, or the process
 * is about to end.
 */
export function watchSession(id: number, state: string, watcher: Watcher): (() => void) | null {
  const known = watched.get(id) ?? { state, watchers: new Set<Watcher>() };
  const isFull = known.watchers.size >= settings.WATCH_MAX_PER_SESSION;
  if (isFull || watcherCount() >= settings.WATCH_MAX || isDraining()) return null;
  // Of two readings it is not known which is the older one: the next look tells all of them.
  if (known.state !== state) known.state = '';
  known.watchers.add(watcher);
  watched.set(id, known);
  if (!isLooking) lookLater();
  return () => {
    known.watchers.delete(watcher);
    if (known.watchers.size === 0 && watched.get(id) === known) watched.delete(id);
  };
}

/**
 * Look at all watched sessions once, as `standingsOf` does, and tell their watchers what is new; those in
 * which somebody acts come last, each by itself. All are let go when the process is about to end, which
 * would wait for them otherwise. A database that does not answer is asked again at the next look.
 */
export async function look(): Promise<void> {
  if (isDraining()) return closeAll();
  const asked = [...watched];
  const acting: (() => Promise<void>)[] = [];
  try {
    const standings = await standingsOf(asked.map(([id]) => id));
    for (const [id, entry] of asked) {
      const { state, mayGoOn } = standings.get(id) ?? {};
      if (state && mayGoOn) acting.push(() => lookAtActing(id, entry, { state, mayGoOn }));
      else compare(id, entry, state);
    }
    isFailing = false;
  } catch (error) {
    if (!isFailing) logger.warning(`Sessions cannot be watched: ${error}`);
    isFailing = true;
  }
  for (const lookAt of acting) await lookAt();
}

// What cannot be asked leaves its tabs as they are, and no others.
async function lookAtActing(
  id: number,
  entry: Watched,
  { state, mayGoOn }: Required<Standing>,
): Promise<void> {
  const now = Date.now();
  const age = now - (entry.rightsAsked ?? 0);
  const areRightsKnown = state === entry.state && age >= 0 && age < RIGHTS_AGE;
  try {
    const goesOn = await mayGoOn({ areRightsKnown });
    if (!areRightsKnown) entry.rightsAsked = now;
    entry.isFailing = false;
    compare(id, entry, goesOn ? state : undefined);
  } catch (error) {
    if (!entry.isFailing) logger.warning(`A session in which somebody acts: ${error}`);
    entry.isFailing = true;
  }
}

function compare(id: number, entry: Watched, state: string | undefined): void {
  if (state === entry.state) return;
  for (const watcher of entry.watchers) watcher.tell(state ? 'changed' : 'ended', state ?? '');
  if (state) entry.state = state;
  else close(id, entry);
}

function closeAll(): void {
  for (const [id, entry] of watched) close(id, entry);
}

function close(id: number, entry: Watched): void {
  if (watched.get(id) === entry) watched.delete(id);
  for (const watcher of entry.watchers) watcher.close();
}

function lookLater(): void {
  isLooking = true;
  const due = setTimeout(async () => {
    await look();
    isLooking = false;
    if (watched.size > 0) lookLater();
  }, settings.WATCH_INTERVAL);
  due.unref();
}
