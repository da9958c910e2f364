import { afterAll, beforeAll, expect, it } from 'vitest';
import { globalSettings } from '@/lib/conf/global-settings';
import { overrideSettings } from '@/lib/conf/settings';
import {
  checkPassword,
  getHashers,
  identifyHasher,
  isPasswordUsable,
  makePassword,
} from '@/lib/contrib/auth/hashers';
import { emptyDatabase } from '@/tests/support/database';
import { djangosCosts, ourCosts } from './costs';
import { Django } from './django';
import { compareAll, describeWithDjango, generate } from './oracle';
import { passwords } from './texts';

const ALGORITHMS = [...globalSettings.PASSWORD_HASHERS, 'md5'];

// Their costs cannot be lowered here: a hundred megabytes, or a tenth of a second, for each.
const SLOW = new Set(['argon2', 'scrypt']);

describeWithDjango('stored passwords', () => {
  let django: Django;
  let tearDown: () => Promise<void>;

  beforeAll(async () => {
    tearDown = await emptyDatabase();
    django = new Django(djangosCosts);
  });

  afterAll(async () => {
    await django?.stop();
    await tearDown?.();
  });

  it.for(ALGORITHMS)('in %s are made and taken by both', async (algorithm, { skip }) => {
    const { hashers } = await django.ask<{ hashers: string[] }>('about');
    skip(!hashers.includes(algorithm), `This Django has no ${algorithm}.`);
    const all = SLOW.has(algorithm) ? generate(passwords, 1, 6) : generate(passwords, 20, 200);
    const asked = all.map((password) => [algorithm, password]);
    const encoded = await django.ask<(string | null)[]>('encode', { passwords: asked });
    // What the library behind Django's hasher refuses, a NUL in bcrypt, has no answer to compare.
    const pairs = all.flatMap((password, index) => {
      const theirs = encoded[index];
      return theirs ? [{ password, theirs }] : [];
    });
    const cases: [password: string, encoded: string, isRight: boolean][] = [];
    for (const { password, theirs } of pairs) {
      const ours = await withHasher(algorithm, () => makePassword(password));
      for (const made of [ours, theirs])
        cases.push([password, made, true], [`${password}x`, made, false]);
    }
    const taken = await ask(cases, ([password, made]) =>
      withHasher(algorithm, () => checkPassword(password, made)),
    );
    const verified = await django.ask<boolean[]>('verify', {
      pairs: cases.map(([password, made]) => [password, made]),
    });
    compareAll(cases, taken, verified);
    expect(cases.filter(([, , isRight], index) => isRight && !taken[index])).toEqual([]);
    const encodings = [...new Set(cases.map(([, made]) => made)), ...(await otherwise(algorithm))];
    await compareDescriptions(django, algorithm, encodings);
  });

  it('are unusable for both, or for neither', async () => {
    const encodings = [
      '',
      '!',
      '!x',
      ' !',
      'x!',
      'md5$',
      '\u0000!',
      ...generate(passwords, 50, 500),
    ];
    const usable = await django.ask<boolean[]>('usable', { encodings });
    compareAll(encodings, encodings.map(isPasswordUsable), usable);
    const unusable = await makePassword(null);
    expect(await django.ask('usable', { encodings: [unusable] })).toEqual([false]);
  });
});

async function compareDescriptions(django: Django, algorithm: string, encodings: string[]) {
  const ours = await ask(encodings, (encoded) =>
    withHasher(algorithm, async () => {
      const hasher = identifyHasher(encoded);
      return [hasher?.mustUpdate(encoded), hasher?.safeSummary(encoded).map(([, value]) => value)];
    }),
  );
  const outdated = await django.ask<boolean[]>('must_update', { encodings });
  const summaries = await django.ask<string[][]>('summaries', { encodings });
  const theirs = encodings.map((_, index) => [outdated[index], summaries[index]]);
  compareAll(encodings, ours, theirs);
}

/** Encodings that another policy made: other costs, a short salt. */
async function otherwise(algorithm: string): Promise<string[]> {
  const other = { ...ourCosts, PBKDF2_ITERATIONS: 900, BCRYPT_ROUNDS: 5 };
  const more = { ...ourCosts, PBKDF2_ITERATIONS: 1100, BCRYPT_ROUNDS: 4 };
  const [fewer, greater] = await ask([other, more], (costs) =>
    overrideSettings({ ...costs, PASSWORD_HASHERS: [algorithm] }, () => makePassword('x')),
  );
  const short = await withHasher(algorithm, async () => {
    const [hasher] = getHashers();
    return algorithm.startsWith('bcrypt') ? hasher.encode('x') : hasher.encode('x', 'fivesalt');
  });
  return [fewer ?? '', greater ?? '', short];
}

/** One after the other: the number that may wait for a thread is limited. */
async function ask<T, Answer>(values: readonly T[], question: (value: T) => Promise<Answer>) {
  const answers: Answer[] = [];
  for (const value of values) answers.push(await question(value));
  return answers;
}

function withHasher<T>(algorithm: string, body: () => Promise<T>): Promise<T> {
  return overrideSettings({ ...ourCosts, PASSWORD_HASHERS: [algorithm] }, body);
}
