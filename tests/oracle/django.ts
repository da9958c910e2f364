import { type ChildProcessByStdio, spawn } from 'node:child_process';
import path from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { settings } from '@/lib/conf/settings';
import { python, timeZone } from './oracle';

/** Low costs of the hashers, by Django's class names; ours are in `costs.ts`. */
export type Costs = Record<string, Record<string, number>>;

/** Which Python runs it, and by which script beside this file. */
type Side = { program?: string; script?: string };

/** A real Django on the database that DATABASE_URL named when it was started. */
export class Django {
  readonly #process: ChildProcessByStdio<Writable, Readable, Readable>;
  readonly #waiting: { resolve(answer: unknown): void; reject(error: Error): void }[] = [];
  #errors = '';

  /** `preferred` is the class of the hasher that encodes. */
  constructor(costs: Costs = {}, preferred = '', side: Side = {}) {
    const { program = python?.program ?? 'python3', script = 'django_side.py' } = side;
    this.#process = spawn(program, [path.join(import.meta.dirname, script)], {
      stdio: ['pipe', 'pipe', 'pipe'],
      env: {
        ...process.env,
        TIME_ZONE: timeZone,
        AUTH_USER_MODEL: settings.AUTH_USER_MODEL,
        PREFERRED_HASHER: preferred,
        COSTS: JSON.stringify(costs),
        PYTHONDONTWRITEBYTECODE: '1',
      },
    });
    this.#process.stderr.on('data', (chunk) => {
      this.#errors += chunk;
    });
    createInterface({ input: this.#process.stdout }).on('line', (line) => this.#take(line));
    this.#process.on('close', () => {
      for (const { reject } of this.#waiting.splice(0)) reject(new Error(this.#errors));
    });
  }

  /** Call one of the functions of django_side.py with named arguments. */
  ask<Answer>(name: string, named: Record<string, unknown> = {}): Promise<Answer> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ resolve: (answer) => resolve(answer as Answer), reject });
      this.#process.stdin.write(`${JSON.stringify({ do: name, with: named })}\n`);
    });
  }

  async stop(): Promise<void> {
    if (this.#process.exitCode !== null) return;
    const closed = new Promise((resolve) => this.#process.once('close', resolve));
    this.#process.stdin.end();
    await closed;
  }

  #take(line: string): void {
    const waiting = this.#waiting.shift();
    const { answer, error } = JSON.parse(line) as { answer?: unknown; error?: string };
    if (error === undefined) waiting?.resolve(answer);
    else waiting?.reject(new Error(error));
  }
}
