import { tellRightsChanged } from '@/components/rights-changed';
import { noneUnderWay, wasAnsweredWithin } from '@/components/sending/under-way';

/**
 * What tabs tell one another: what happened, and the id under which it was told; how the session stands
 * now; or that one of them has come, and asks.
 */
type News = { event: 'ended' | 'changed' | 'watching' | 'joined'; seen: string };

/** The page that follows: how it is loaded or drawn again, what says so on it, and when it goes. */
type Page = { loadAnew(): void; refresh(): void; say?(): void; signal: AbortSignal };

/** How a session stands: its state, that it has ended, that nobody says, or that nobody ever will. */
type Standing = { state: string } | 'ended' | 'unknown' | 'untold';

/** Milliseconds that a tab may be out of sight before another one may follow the stream. */
const OUT_OF_SIGHT = 5 * 60_000;
/** Milliseconds between two questions where no stream is to be had. */
const PAUSE = 15_000;
/** Milliseconds to wait for the answer to a form that itself ended the session, or gave it another key. */
const OWN_ANSWER = 5000;

/**
 * Follow what `address` says of the session of `who`, until `signal` is aborted. The tabs of a browser
 * share one connection: one of those in sight holds it and tells the others, since six would be all
 * that a browser opens. Where it has ended, the page goes once the server has been asked again, under
 * the cookie that is there by then; where rights have changed, it is drawn again.
 */
export function followSession(
  address: string,
  who: string,
  { loadAnew, refresh, say = tellRightsChanged, signal }: Page,
): void {
  // The page may be gone by the time that this file has come.
  if (signal.aborted) return;
  const tabs = new BroadcastChannel('session-stream');
  // What has changed since the page was drawn is told too.
  let seen = document.documentElement.dataset['state'] ?? '';
  let isLeading = false;
  /** Whether the session has ended, as far as this tab has heard and asked. */
  let isOver = Promise.resolve(false);

  const hear = (news: News) => {
    if (news.event === 'joined') {
      if (isLeading) tabs.postMessage({ event: 'watching', seen });
      return;
    }
    const isOld = seen === '' ? news.event === 'changed' : seen !== news.seen;
    seen = news.seen || seen;
    if (news.event === 'ended') isOver = confirmEnd();
    else if (isOld) show();
  };
  const show = () => {
    refresh();
    say();
  };
  const tell = (news: News) => {
    tabs.postMessage(news);
    hear(news);
  };
  const confirmEnd = async () => {
    await noneUnderWay(OWN_ANSWER);
    // Where the answer to a form leads is drawn first.
    if (wasAnsweredWithin(OWN_ANSWER)) await pause(OWN_ANSWER, signal);
    const hasEnded = !signal.aborted && (await ask(address, signal)) === 'ended';
    if (hasEnded && !signal.aborted) {
      document.documentElement.hidden = true;
      loadAnew();
    }
    return hasEnded;
  };

  /** Holds the stream until this tab is out of sight for long, or nothing is to be told. */
  const hold = async (): Promise<boolean> => {
    if ((await isOver) || signal.aborted) return false;
    return new Promise<boolean>((resolve) => {
      const source = new EventSource(`${address}?seen=${encodeURIComponent(seen)}`);
      const holding = new AbortController();
      let hidden: ReturnType<typeof setTimeout> | undefined;
      const release = (goOn: boolean) => {
        isLeading = false;
        clearTimeout(hidden);
        source.close();
        holding.abort();
        resolve(goOn);
      };
      const look = () => {
        clearTimeout(hidden);
        if (document.hidden) hidden = setTimeout(() => release(true), OUT_OF_SIGHT);
      };
      const refused = async () => {
        const standing = await ask(address, holding.signal);
        if (holding.signal.aborted) return;
        if (standing === 'untold') return release(false);
        if (standing === 'ended') tell({ event: 'ended', seen: '' });
        else if (standing !== 'unknown' && seen !== '' && standing.state !== seen) {
          tell({ event: 'changed', seen: standing.state });
        }
        await pause(PAUSE, holding.signal);
        release(true);
      };
      for (const event of ['watching', 'changed'] as const) {
        source.addEventListener(event, ({ lastEventId }) => {
          isLeading = true;
          tell({ event, seen: lastEventId });
        });
      }
      source.addEventListener('ended', () => {
        source.close();
        tell({ event: 'ended', seen: '' });
        void isOver.then((hasEnded) => release(!hasEnded));
      });
      // What is refused, as a stream too many is, the browser does not ask for again.
      source.onerror = () => source.readyState === EventSource.CLOSED && void refused();
      signal.addEventListener('abort', () => release(false), { signal: holding.signal });
      document.addEventListener('visibilitychange', look, { signal: holding.signal });
      look();
    });
  };

  const lead = async () => {
    let goesOn = true;
    while (goesOn && !signal.aborted) {
      await untilVisible(signal);
      goesOn = await navigator.locks.request(`session-stream ${who}`, { signal }, hold);
    }
  };

  tabs.onmessage = ({ data }: MessageEvent<News>) => hear(data);
  tabs.postMessage({ event: 'joined', seen });
  signal.addEventListener('abort', () => tabs.close(), { once: true });
  // Without https there are no locks, and a connection for each tab would leave none for pages.
  if ('locks' in navigator) lead().catch(() => undefined);
}

async function ask(address: string, signal: AbortSignal): Promise<Standing> {
  try {
    const response = await fetch(address, { redirect: 'manual', cache: 'no-store', signal });
    if (response.status === 204 || response.status === 404) return 'untold';
    if (response.type === 'opaqueredirect' || response.status === 401) return 'ended';
    return response.ok ? await response.json() : 'unknown';
  } catch {
    return 'unknown';
  }
}

function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(due);
      signal.removeEventListener('abort', end);
      resolve();
    };
    const due = setTimeout(end, milliseconds);
    signal.addEventListener('abort', end);
    if (signal.aborted) end();
  });
}

function untilVisible(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const look = () => {
      if (document.hidden && !signal.aborted) return;
      document.removeEventListener('visibilitychange', look);
      signal.removeEventListener('abort', look);
      resolve();
    };
    document.addEventListener('visibilitychange', look);
    signal.addEventListener('abort', look);
    look();
  });
}
