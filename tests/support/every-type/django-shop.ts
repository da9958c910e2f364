import { type ChildProcessByStdio, spawn } from 'node:child_process';
import path from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import type { Python } from '@/tests/oracle/find-django';
import { formsIn } from '@/tests/support/admin-script/page-forms';
import { filled, type Typed } from '@/tests/support/admin-script/plain-browser';

/** What the tables hold, the same of both sites. */
export type Tables = {
  orders: [number: number, lines: [line: string, price: string][]][];
  products: [name: string, price: string, born: string | null, status: string][];
  history: [object: string, flag: number, message: string][];
};

/** What Django answers. */
export type DjangoAnswer = Tables & {
  status: number;
  /** Where it leads; '' for nowhere. */
  location: string;
  body: string;
  errors: Record<string, string[]>;
  rows: string[];
  /** Of orders, by what they are called. */
  ids: Record<string, string>;
};

/** A real Django with the models of the fixture that have lines. */
export class DjangoShop {
  readonly #process: ChildProcessByStdio<Writable, Readable, Readable>;
  readonly #lines: AsyncIterator<string>;
  #errors = '';

  constructor({ program }: Python) {
    this.#process = spawn(program, [path.join(import.meta.dirname, 'django_shop.py')], {
      stdio: ['pipe', 'pipe', 'pipe'],
      env: { ...process.env, PYTHONDONTWRITEBYTECODE: '1' },
    });
    this.#process.stderr.on('data', (chunk) => {
      this.#errors += chunk;
    });
    this.#lines = createInterface({ input: this.#process.stdout })[Symbol.asyncIterator]();
  }

  open(address: string): Promise<DjangoAnswer> {
    return this.#ask({ get: address });
  }

  /** Fill the form of a page that has a field of this name, and send it by a button. */
  async send(
    address: string,
    { mark, typed, button }: { mark: string; typed: Typed; button: string },
  ): Promise<DjangoAnswer & { names: string[] }> {
    const { body } = await this.open(address);
    const form = formsIn(body).find((each) => each.controls.some(({ name }) => name === mark));
    if (!form) throw new Error(`${address} has no form with "${mark}".`);
    const names = form.controls.map(({ name }) => name);
    const pairs = filled(form, typed, button);
    return { ...(await this.#ask({ post: address, pairs })), names };
  }

  stop(): Promise<void> {
    const closed = new Promise<void>((resolve) => this.#process.once('close', () => resolve()));
    this.#process.stdin.end();
    return closed;
  }

  async #ask(request: unknown): Promise<DjangoAnswer> {
    this.#process.stdin.write(`${JSON.stringify(request)}\n`);
    const { value, done } = await this.#lines.next();
    if (done) throw new Error(this.#errors);
    return JSON.parse(value) as DjangoAnswer;
  }
}
