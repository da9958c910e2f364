import { writeFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect } from 'vitest';
import { settings } from '@/lib/conf/settings';
import { testDatabase } from '@/tests/support/database';
import type { Python } from './find-django';

/** Whether everything is compared, or only a sample. */
export const isLong = process.env['TEST_LONG'] === '1';

/** What all that is random follows; printed at the end. */
const seed = Number(process.env['ORACLE_SEED'] ?? 0);

/** Whether people are of the model of `user_model/` and not of `auth.User`: with an address for a name. */
export const isOwnModel = settings.AUTH_USER_MODEL !== 'auth.User';

export const python: Python | null = JSON.parse(process.env['ORACLE_PYTHON'] ?? 'null');

/** `describe`, skipped where there is no Django to compare with. */
export const describeWithDjango = describe.skipIf(python === null);

/** A time zone for both sides: on PostgreSQL not UTC, so that whoever confuses the two is found. */
export const timeZone = testDatabase === 'sqlite' ? 'UTC' : 'Pacific/Chatham';

/** `sample` values now, or `long` ones in the long run, always the same for one seed. */
export function generate<T>(arbitrary: fc.Arbitrary<T>, sample: number, long: number): T[] {
  return fc.sample(arbitrary, { seed, numRuns: isLong ? long : sample });
}

/** How long so many cases may take, in milliseconds, at so many seconds each on a machine that is busy. */
export function limitOf(cases: number, secondsEach: number): { timeout: number } {
  return { timeout: Math.max(60, cases * secondsEach) * 1000 };
}

// As many as the pool has connections: whoever waits for one gives up after some seconds.
const AT_ONCE = 10;

/** Ask about each, some at a time, and give the answers in the order of the questions. */
export async function askEach<Question, Answer>(
  questions: readonly Question[],
  ask: (question: Question) => Promise<Answer>,
): Promise<Answer[]> {
  const answers: Answer[] = [];
  for (let first = 0; first < questions.length; first += AT_ONCE) {
    answers.push(...(await Promise.all(questions.slice(first, first + AT_ONCE).map(ask))));
  }
  return answers;
}

let compared = 0;

/** Note that so many cases were compared; the total is printed at the end of the run. */
export function count(cases: number): void {
  compared += cases;
  const folder = process.env['ORACLE_COUNTS'];
  if (!folder) return;
  const name =
    `${settings.AUTH_USER_MODEL} ${testDatabase} ${expect.getState().testPath ?? ''}`.replace(
      /[^\w]/g,
      '_',
    );
  writeFileSync(path.join(folder, name), String(compared));
}

/**
 * Compare two lists of answers to the same questions, one by one, and show the questions that were
 * answered differently, the first ten of them.
 */
export function compareAll<Question>(
  questions: readonly Question[],
  ours: readonly unknown[],
  djangos: readonly unknown[],
): void {
  expect([ours.length, djangos.length]).toEqual([questions.length, questions.length]);
  const different = questions.flatMap((question, index) =>
    JSON.stringify(ours[index]) === JSON.stringify(djangos[index])
      ? []
      : [{ question, ours: ours[index], django: djangos[index] }],
  );
  count(questions.length);
  expect(different.slice(0, 10)).toEqual([]);
}
