import { type Answer, send } from './client';

/** What a page did under load: answers a second, and how long each took, in order. */
export type Load = { perSecond: number; durations: number[] };

type Until = { atOnce: number } & ({ seconds: number } | { requests: number });
type Options = { cookie: string } & Until;

/**
 * Ask for a page over and over, `atOnce` visitors side by side, for so many seconds or requests.
 * Throws at the first answer that is not the page: a redirect to the sign-in page is no figure.
 */
export function load(url: string, { cookie, ...until }: Options): Promise<Load> {
  return loadBy(() => readPage(url, cookie), until);
}

/** As `load`, of whatever is asked; `ask` throws at an answer that is no figure. */
export async function loadBy(
  ask: () => Promise<Answer>,
  { atOnce, ...until }: Until,
): Promise<Load> {
  const durations: number[] = [];
  const start = performance.now();
  let asked = 0;
  const goesOn = () =>
    'requests' in until ? asked < until.requests : performance.now() - start < until.seconds * 1000;
  const visitor = async () => {
    while (goesOn()) {
      asked += 1;
      durations.push((await ask()).duration);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, visitor));
  const seconds = (performance.now() - start) / 1000;
  return { perSecond: durations.length / seconds, durations: durations.sort((a, b) => a - b) };
}

/** The page as a browser without JavaScript asks for it. */
export async function readPage(url: string, cookie: string): Promise<Answer> {
  const answer = await send(url, { headers: { cookie, accept: 'text/html' } });
  if (answer.status !== 200) throw new Error(`${url} answered ${answer.status}, not the page.`);
  return answer;
}

/** The value below which `part` of the sorted values lie. */
export function percentile(sorted: readonly number[], part: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0;
}

/** The middle one of some figures. */
export function median(values: readonly number[]): number {
  return percentile(
    values.toSorted((a, b) => a - b),
    0.5,
  );
}
