import { getEventListeners } from 'node:events';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { followSession } from '@/components/session-stream';

/** As much of a browser as a tab needs that follows its session. */
class Source extends EventTarget {
  static readonly CLOSED = 2;
  readyState = 1;
  onerror: (() => void) | null = null;

  constructor(readonly address: string) {
    super();
    sources.push(this);
  }

  close(): void {
    this.readyState = Source.CLOSED;
  }

  refuse(): void {
    this.close();
    this.onerror?.();
  }
}

class Channel {
  onmessage: ((message: { data: unknown }) => void) | null = null;
  isOpen = true;
  sent: unknown[] = [];

  constructor() {
    channels.push(this);
  }

  close(): void {
    this.isOpen = false;
  }

  postMessage(news: unknown): void {
    if (!this.isOpen) throw new Error('The channel is closed.');
    this.sent.push(news);
  }
}

let sources: Source[] = [];
let channels: Channel[] = [];
let page: EventTarget;
let leaving: AbortController;
/** What happens between the turn of this tab and what it does with it. */
let meanwhile: () => void;

const told = { loadAnew: vi.fn(), refresh: vi.fn(), say: vi.fn() };

beforeEach(() => {
  [sources, channels] = [[], []];
  for (const call of Object.values(told)) call.mockClear();
  page = Object.assign(new EventTarget(), {
    hidden: false,
    documentElement: { hidden: false, dataset: { state: 'drawn' } },
  });
  leaving = new AbortController();
  meanwhile = () => undefined;
  vi.useFakeTimers();
  vi.stubGlobal('EventSource', Source);
  vi.stubGlobal('BroadcastChannel', Channel);
  vi.stubGlobal('document', page);
  vi.stubGlobal('fetch', async () => new Response(null, { status: 503 }));
  vi.stubGlobal('navigator', {
    locks: {
      async request(_name: string, _options: object, work: () => unknown) {
        const held = work();
        meanwhile();
        return held;
      },
    },
  });
});

afterEach(() => {
  leaving.abort();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

async function follow(): Promise<void> {
  followSession('/accounts/watch/', '1', { ...told, signal: leaving.signal });
  await settled();
}

const settled = () => vi.advanceTimersByTimeAsync(0);
const open = () => sources.filter(({ readyState }) => readyState !== Source.CLOSED);

/** What still listens to the page, and to its end. */
const listening = () => [
  getEventListeners(page, 'visibilitychange').length,
  getEventListeners(leaving.signal, 'abort').length,
];

it('begins nothing for a page that is gone already', async () => {
  leaving.abort();
  await follow();
  expect([channels, sources, listening()]).toEqual([[], [], [0, 0]]);
});

it('opens no stream when the page goes as its turn comes', async () => {
  meanwhile = () => leaving.abort();
  await follow();
  expect([sources, channels.map(({ isOpen }) => isOpen)]).toEqual([[], [false]]);
});

it('leaves no listener behind, however often it is refused', async () => {
  await follow();
  const before = listening();
  for (let turn = 0; turn < 3; turn += 1) {
    open()[0]?.refuse();
    await vi.advanceTimersByTimeAsync(15_000);
  }
  expect([sources.length, open().length, listening()]).toEqual([4, 1, before]);
  leaving.abort();
  await settled();
  expect([open(), listening()[0]]).toEqual([[], 0]);
});

it('hears nothing once the page is gone, of what it had asked before', async () => {
  const answers: (() => void)[] = [];
  const answer = () => Response.json({ state: 'other' });
  vi.stubGlobal('fetch', () => new Promise((resolve) => answers.push(() => resolve(answer()))));
  await follow();
  sources[0]?.dispatchEvent(Object.assign(new Event('watching'), { lastEventId: 'drawn' }));
  sources[0]?.refuse();
  leaving.abort();
  for (const send of answers) send();
  await settled();
  expect(answers).toHaveLength(1);
  expect(told.refresh).not.toHaveBeenCalled();
});

const tell = (event: string, lastEventId: string) =>
  sources[0]?.dispatchEvent(Object.assign(new Event(event), { lastEventId }));
const hear = (event: string, seen: string) => channels[0]?.onmessage?.({ data: { event, seen } });

it('asks what has changed since its page was drawn', async () => {
  await follow();
  expect(sources[0]?.address).toBe('/accounts/watch/?seen=drawn');
  tell('watching', 'drawn');
  hear('changed', 'drawn');
  expect(told.refresh).not.toHaveBeenCalled();
  tell('changed', 'other');
  expect([told.refresh, told.say].map(({ mock }) => mock.calls.length)).toEqual([1, 1]);
});

it('tells each tab that comes later how the session stands', async () => {
  await follow();
  const asks = { event: 'joined', seen: 'drawn' };
  expect(channels[0]?.sent).toEqual([asks]);
  hear('joined', 'drawn before');
  expect(channels[0]?.sent).toEqual([asks]);
  tell('watching', 'drawn');
  hear('joined', 'drawn before');
  const stands = { event: 'watching', seen: 'drawn' };
  expect(channels[0]?.sent).toEqual([asks, stands, stands]);
  expect(told.refresh).not.toHaveBeenCalled();
});

it('draws its page again where another tab says that the session stands otherwise', async () => {
  await follow();
  hear('watching', 'drawn');
  expect(told.refresh).not.toHaveBeenCalled();
  hear('watching', 'other');
  hear('watching', 'other');
  expect(told.refresh).toHaveBeenCalledTimes(1);
});
