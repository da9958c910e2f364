import { setTimeout as sleep } from 'node:timers/promises';
import { type RawAnswer, sendRaw } from '../attack/raw-form';

const ANSWERS_WITHIN_MS = 20_000;
// A fault has to meet requests, not a machine that is busy with nothing else: other tests run beside it.
const PAUSE_MS = process.env['TEST_LONG'] === '1' ? 0 : 30;

/** A request that got no answer, or an error of the server's; times are `performance.now()`. */
export type Failure = { sentAt: number; failedAt: number; why: string };

/** What became of the requests of a load. */
export type Tally = { sent: number; answered: number; failures: Failure[] };

/** One request of a visitor, of whom there are so many from 0; the number is new each time. */
type Send = (number: number, visitor: number) => Promise<RawAnswer>;

/**
 * Let so many visitors send one request after the other, a moment between them, while `body` runs, which
 * sees what became of them, each until its last request is answered. Anything but a status below 500 is a failure.
 */
export async function underLoad(
  visitors: number,
  send: Send,
  body: (tally: Tally) => Promise<void>,
): Promise<Tally> {
  const tally: Tally = { sent: 0, answered: 0, failures: [] };
  let isOver = false;
  const visit = async (visitor: number) => {
    while (!isOver) {
      tally.sent += 1;
      const sentAt = performance.now();
      const answer = answerWithin(send(tally.sent, visitor));
      const why = await answer.then(
        ({ status }) => (status < 500 ? null : `status ${status}`),
        (error: Error) => ('code' in error ? String(error.code) : error.message),
      );
      if (why === null) tally.answered += 1;
      else tally.failures.push({ sentAt, failedAt: performance.now(), why });
      await sleep(why === null ? PAUSE_MS : 20);
    }
  };
  const all = Array.from({ length: visitors }, (_, visitor) => visit(visitor));
  try {
    await body(tally);
  } finally {
    isOver = true;
    await Promise.all(all);
  }
  return tally;
}

// A connection that a process was given and had not taken when it was killed is never answered.
async function answerWithin(answer: Promise<RawAnswer>): Promise<RawAnswer> {
  const waiting = new AbortController();
  const silence = sleep(ANSWERS_WITHIN_MS, null, waiting).then(() => {
    throw new Error('no answer');
  });
  silence.catch(() => {});
  return Promise.race([answer, silence]).finally(() => waiting.abort());
}

/** One line with the figures of a fault. */
export function report(fault: string, { sent, answered, failures }: Tally, also: string): void {
  const kinds = [...new Set(failures.map(({ why }) => why))].join(', ');
  const failed = `failed ${failures.length}${kinds && ` (${kinds})`}`;
  console.info(`${fault}: sent ${sent}, answered ${answered}, ${failed}, ${also}`);
}

/** A load balancer: the instances in turn that say they are healthy, asked four times a second. */
export class Balancer {
  readonly #healthy = new Map<string, boolean>();
  #turn = 0;
  #isOver = false;

  constructor(urls: string[]) {
    for (const url of urls) this.add(url);
  }

  add(url: string): void {
    this.#healthy.set(url, true);
    void this.#watch(url);
  }

  remove(url: string): void {
    this.#healthy.delete(url);
  }

  /** Send to the next instance; where nobody listens nothing was sent, so to the one after it. */
  async send(one: (url: string) => Promise<RawAnswer>): Promise<RawAnswer> {
    const url = this.#next();
    try {
      return await one(url);
    } catch (error) {
      const isRefused = error instanceof Error && 'code' in error && error.code === 'ECONNREFUSED';
      if (!isRefused) throw error;
      if (this.#healthy.has(url)) this.#healthy.set(url, false);
      return one(this.#next());
    }
  }

  #next(): string {
    const all = [...this.#healthy.keys()];
    const healthy = all.filter((url) => this.#healthy.get(url));
    this.#turn += 1;
    const chosen = healthy.length > 0 ? healthy : all;
    return chosen[this.#turn % chosen.length] ?? '';
  }

  /** Whether the instance was healthy when it was last asked. */
  isHealthy(url: string): boolean {
    return this.#healthy.get(url) === true;
  }

  stop(): void {
    this.#isOver = true;
  }

  async #watch(url: string): Promise<void> {
    while (!this.#isOver && this.#healthy.has(url)) {
      const isHealthy = await sendRaw(`${url}/healthz/`, { headers: { connection: 'close' } }).then(
        ({ status }) => status === 200,
        () => false,
      );
      if (this.#healthy.has(url)) this.#healthy.set(url, isHealthy);
      await sleep(250);
    }
  }
}
