import { afterAll, beforeAll, expect, it } from 'vitest';
import { normalizeEmail, normalizeUsername } from '@/lib/contrib/auth/base-user';
import { validateEmail, validateUsername } from '@/lib/contrib/auth/validators';
import { ValidationError } from '@/lib/core/exceptions';
import { urlHasAllowedHostAndScheme } from '@/lib/http/safe-url';
import { freshDatabase } from '@/tests/support/database';
import { Django } from './django';
import { differsFromDjango } from './known-differences';
import { compareAll, describeWithDjango, generate } from './oracle';
import { emails, redirects, usernames } from './texts';

type Verdict = { normal: string; codes: string[] };

describeWithDjango('texts from outside', () => {
  let django: Django;
  let tearDown: () => Promise<void>;

  beforeAll(async () => {
    tearDown = await freshDatabase();
    django = new Django();
  });

  afterAll(async () => {
    await django?.stop();
    await tearDown?.();
  });

  it('are the same usernames, in the same normal form', async () => {
    const texts = generate(usernames, 1500, 20_000);
    const judged = await django.ask<(Verdict | null)[]>('judge_usernames', { texts });
    const known = texts.flatMap((text, index) => {
      const verdict = judged[index];
      return verdict ? [{ text, verdict }] : [];
    });
    expect(known.length).toBeGreaterThan(texts.length * 0.8);
    compareAll(
      known.map(({ text }) => text),
      known.map(({ text }) => verdictOf(normalizeUsername(text), validateUsername)),
      known.map(({ verdict }) => firstCode(verdict)),
    );
  });

  it('are the same email addresses, in the same normal form', async () => {
    const all = generate(emails, 1500, 20_000);
    const texts = all.filter((text) => !differsFromDjango('email', text));
    expect(texts.length).toBeGreaterThan(all.length * 0.6);
    const judged = await django.ask<Verdict[]>('judge_emails', { texts });
    compareAll(
      texts,
      texts.map((text) => ({ ...verdictOf(text, validateEmail), normal: normalizeEmail(text) })),
      judged.map(firstCode),
    );
  });

  it('are the same safe redirects', async () => {
    const all = generate(redirects, 3000, 40_000);
    const judged = await django.ask<(boolean | null)[]>('judge_urls', { cases: all });
    const known = all.flatMap((redirect, index) => {
      const verdict = judged[index];
      const isExcused = verdict == null || differsFromDjango('redirect', redirect.url);
      return isExcused ? [] : [{ redirect, verdict }];
    });
    expect(known.length).toBeGreaterThan(all.length * 0.6);
    compareAll(
      known.map(({ redirect }) => redirect),
      known.map(({ redirect: { url, hosts, https } }) =>
        urlHasAllowedHostAndScheme(url, { allowedHosts: hosts, requireHttps: https }),
      ),
      known.map(({ verdict }) => verdict),
    );
    expect(new Set(known.map(({ verdict }) => verdict))).toEqual(new Set([true, false]));
  });
});

/** The text and the code with which it is refused, '' if it is not. */
function verdictOf(text: string, validate: (text: string) => void) {
  try {
    validate(text);
    return { normal: text, code: '' };
  } catch (error) {
    if (error instanceof ValidationError) return { normal: text, code: error.code };
    throw error;
  }
}

/** Django finds all that is wrong, and we stop at the first: too long goes before invalid. */
function firstCode({ normal, codes }: Verdict) {
  const order = ['required', 'blank', 'max_length', 'invalid'];
  const [code = ''] = order.filter((name) => codes.includes(name));
  return { normal, code: code === 'blank' ? 'required' : code };
}
