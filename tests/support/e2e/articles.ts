import { setTimeout as sleep } from 'node:timers/promises';
import { db } from '@/lib/db/client';
import type { RawAnswer } from '../attack/raw-form';
import type { Tally } from './load';
import { type Fields, Visitor, withFields } from './visitor';

const SAVES_WITHIN_MS = 60_000;

const PATH = '/admin/articles/article/add/';

/**
 * A superuser who adds articles in the admin, each one transaction with its log entry, and knows
 * which of them the server said were saved.
 */
export class Writer {
  readonly saved: string[] = [];
  #cookie: string;
  readonly #prefix = `load-${crypto.randomUUID().slice(0, 8)}`;
  #fields: Fields = [];

  constructor(cookie: string) {
    this.#cookie = cookie;
  }

  /** Get the form; what is sent later is this one, wherever it is sent. */
  async open(origin: string): Promise<this> {
    this.#fields = await new Visitor(origin, this.#cookie).form(PATH, 'title');
    return this;
  }

  async add(origin: string, number: number, body = 'A text.'): Promise<RawAnswer> {
    const title = `${this.#prefix}-${number}`;
    const fields = withFields(this.#fields, { title, body, _save: 'Save' });
    const answer = await new Visitor(origin, this.#cookie).post(PATH, fields);
    this.#keepCookie(answer);
    if (answer.headers.location?.includes('/login/')) throw new Error('session lost');
    if (answer.status === 303) this.saved.push(title);
    else if (answer.status < 400) throw new Error(`not saved: ${answer.status}`);
    return answer;
  }

  /**
   * Wait until so many more are saved. Throws with what came in their place when none is saved for as long
   * as a server takes to start.
   */
  async untilSaved(more: number, { failures }: Tally): Promise<void> {
    const wanted = this.saved.length + more;
    let last = { count: this.saved.length, at: performance.now() };
    while (this.saved.length < wanted) {
      const now = performance.now();
      if (this.saved.length > last.count) last = { count: this.saved.length, at: now };
      if (now - last.at > SAVES_WITHIN_MS) {
        const why = failures.slice(-10).map((failure) => failure.why);
        throw new Error(`Nothing is saved any more: ${why.join(', ')}`);
      }
      await sleep(10);
    }
  }

  /** A page of a signed-in person; the way to sign-in counts as a session lost. */
  async read(origin: string): Promise<RawAnswer> {
    const answer = await new Visitor(origin, this.#cookie).get('/dashboard/');
    this.#keepCookie(answer);
    if (answer.status < 400 && answer.status !== 200) throw new Error('session lost');
    return answer;
  }

  // As a browser does: a session is sealed anew, or gets a new key, when secrets are rotated.
  #keepCookie({ headers }: RawAnswer): void {
    const [name] = this.#cookie.split('=');
    const sealed = headers['set-cookie']?.find((each) => each.startsWith(`${name}=`));
    if (sealed) this.#cookie = sealed.split(';')[0] ?? '';
  }

  /** In the database: what was said to be saved and is not there, and what is there by halves. */
  async losses(): Promise<{ lost: number; halves: number }> {
    const where = { startsWith: `${this.#prefix}-` };
    const articles = await db.article.findMany({
      where: { title: where },
      select: { title: true },
    });
    const entries = await db.logEntry.findMany({
      where: { objectRepr: where },
      select: { objectRepr: true },
    });
    const titles = new Set(articles.map(({ title }) => title));
    const logged = new Set(entries.map(({ objectRepr }) => objectRepr));
    const halves = [...titles].filter((title) => !logged.has(title)).length;
    return {
      lost: this.saved.filter((title) => !titles.has(title)).length,
      halves: halves + [...logged].filter((title) => !titles.has(title)).length,
    };
  }
}
