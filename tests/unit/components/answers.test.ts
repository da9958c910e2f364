import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { causeOf, watchAnswers } from '@/components/sending/answers';

const ACTION = { method: 'POST', headers: { 'next-action': 'an-id' } };
const FLIGHT = { 'content-type': 'text/x-component' };
const MINUTE = 60_000;

let signal: AbortSignal | null | undefined;
let answer: (response: Response) => void;

beforeEach(() => {
  vi.useFakeTimers();
  const send: typeof fetch = (_input, init) =>
    new Promise((resolve, reject) => {
      signal = init?.signal;
      signal?.addEventListener('abort', () => reject(signal?.reason));
      answer = resolve;
    });
  vi.stubGlobal('window', { fetch: send });
  vi.stubGlobal('navigator', { onLine: true });
  watchAnswers();
});

afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

describe('the answer to an action', () => {
  it('is late when it has not begun after a minute', async () => {
    const sent = window.fetch('/', ACTION).catch(causeOf);
    await vi.advanceTimersByTimeAsync(MINUTE - 1);
    expect(signal?.aborted).toBe(false);
    await vi.advanceTimersByTimeAsync(1);
    expect(await sent).toEqual({ kind: 'late' });
  });

  it('is given up when the rest of it has not come by then', async () => {
    const sent = window.fetch('/', ACTION);
    answer(new Response('0:', { headers: FLIGHT }));
    await sent;
    await vi.advanceTimersByTimeAsync(MINUTE);
    expect(signal?.aborted).toBe(true);
    expect(causeOf(signal?.reason)).toEqual({ kind: 'late' });
  });

  it('has no such end once it leads to another page, which comes as pages do', async () => {
    const sent = window.fetch('/', ACTION);
    answer(new Response('0:', { headers: { ...FLIGHT, 'x-action-redirect': '/x/;push' } }));
    await sent;
    await vi.advanceTimersByTimeAsync(15 * MINUTE);
    expect(signal?.aborted).toBe(false);
  });
});

it('leaves other requests alone', async () => {
  for (const init of [undefined, { method: 'POST' }, { headers: ACTION.headers }]) {
    void window.fetch('/', init);
    expect(signal ?? null).toBe(null);
  }
});
