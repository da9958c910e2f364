import { format } from 'node:util';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { env } from '@/lib/conf/env';
import { overrideSettings } from '@/lib/conf/settings';
import { captureConsole } from '@/lib/core/log/captured-console';
import { reportError } from '@/lib/core/log/error-report';
import { hideSecrets } from '@/lib/core/log/log-secrets';
import { getLogger } from '@/lib/core/logging';

const PLANTED = {
  SECRET_KEY: 'planted-secret-key-0123456789abcdefghijklmnop',
  SECRET_KEY_FALLBACKS: 'planted-former-1,planted-former-2',
  NEXT_SERVER_ACTIONS_ENCRYPTION_KEY: 'cGxhbnRlZC1hY3Rpb24ta2V5LTAxMjM0NTY3ODkwMTI=',
  DATABASE_URL: 'postgres://gatehouse:pl%40nted-database@localhost/gatehouse',
  EMAIL_URL: 'smtp://mailer:planted-mail@localhost:25',
  METRICS_TOKEN: 'planted-metrics',
  DJANGO_SUPERUSER_PASSWORD: 'planted-superuser',
  SHOP_API_KEY: 'planted-api',
};

let lines: string[];

beforeEach(() => {
  lines = [];
  const take = (chunk: string | Uint8Array) => lines.push(String(chunk)) > 0;
  vi.spyOn(process.stdout, 'write').mockImplementation(take);
  vi.spyOn(process.stderr, 'write').mockImplementation(take);
});
afterEach(() => vi.unstubAllEnvs());

/** What is written in production while `work` runs, each chunk being one line of JSON. */
async function inProduction(work: () => void): Promise<Record<string, unknown>[]> {
  await overrideSettings({ LOG_FORMAT: 'json' }, work);
  const written = lines.splice(0);
  return written.map((line) => {
    expect(line).toMatch(/^[^\n]+\n$/);
    return JSON.parse(line);
  });
}

describe('a line of the log in production', () => {
  it('is JSON, whatever somebody typed, and no field takes the place of what each line has', async () => {
    const found = await inProduction(() => {
      getLogger('shop').warning('Sold "a"\r\n\u2028{}', { level: 'x', logger: 'y', id: 7 });
    });
    expect(found).toEqual([
      {
        time: expect.any(String),
        level: 'warning',
        logger: 'shop',
        message: 'Sold "a"\r\n\u2028{}',
        id: 7,
      },
    ]);
  });

  it('is left out below LOG_LEVEL', async () => {
    await overrideSettings({ LOG_LEVEL: 'error' }, async () => {
      const found = await inProduction(() => {
        getLogger('shop').info('a');
        getLogger('shop').warning('b');
        getLogger('shop').error('c');
      });
      expect(found.map(({ message }) => message)).toEqual(['c']);
    });
  });

  it('tells of what is printed by console, and of an error once', async () => {
    const error = new TypeError('No such thing.');
    const found = await inProduction(() => {
      const putBack = captureConsole();
      console.info('%s is\n here', 'ada');
      console.warn('\u001b[33m⚠\u001b[39m careful');
      console.error('⨯', error);
      console.error(error);
      putBack();
    });
    expect(found).toMatchObject([
      { level: 'info', logger: 'console', message: 'ada is\n here' },
      { level: 'warning', message: '⚠ careful' },
      {
        level: 'error',
        logger: 'http.error',
        message: expect.stringContaining('TypeError: No such thing.'),
      },
    ]);
    expect(found[2]?.['stack']).toMatch(/^at .*log-lines\.test\.ts:\d+:\d+/);
  });
});

describe('words that are printed beside an error', () => {
  it('are kept, with its reference, also where it was reported before', async () => {
    const [one, other] = [new TypeError('No such thing.'), new Error('Nor this.')];
    const found = await inProduction(() => {
      const putBack = captureConsole(() => ({ path: '/pay/' }));
      console.warn('Order %d is not paid: %s', 7, one, { shop: 'a' });
      console.error('Twice:', one, other);
      putBack();
    });
    const [first, , second] = found.map(({ reference }) => reference);
    expect(found).toMatchObject([
      { logger: 'http.error', path: '/pay/' },
      {
        level: 'warning',
        logger: 'console',
        message: "Order 7 is not paid: TypeError: No such thing. { shop: 'a' }",
        reference: first,
      },
      { logger: 'http.error', path: '/pay/' },
      {
        level: 'error',
        message: 'Twice: TypeError: No such thing. Error: Nor this.',
        reference: `${first} ${second}`,
      },
    ]);
  });
});

describe('no secret', () => {
  it('of the environment stands in a line, by whichever way it comes there', async () => {
    for (const [name, value] of Object.entries(PLANTED)) vi.stubEnv(name, value);
    vi.setSystemTime(Date.now() + 60_000);
    const secrets = env.secretValues();
    const said = format(PLANTED);
    const found = await inProduction(() => {
      const logger = getLogger('shop');
      logger.error(said, { said, url: PLANTED.DATABASE_URL });
      logger.info('', { password: 'typed', session_cookie: 'typed', Authorization: 'typed' });
      reportError(new Error(said, { cause: new Error(said) }), { said });
      const putBack = captureConsole();
      console.error(said);
      console.info(PLANTED);
      putBack();
    });
    vi.useRealTimers();
    expect(found).toHaveLength(5);
    expect(JSON.stringify(found)).not.toMatch(/planted|pl%40nted|pl@nted|typed|cGxhbnRlZ/);
    expect(secrets).toContain('pl@nted-database');
  });

  it('is hidden that is part of another', () => {
    const secrets = ['abcdefgh-long', 'abcdefgh'];
    expect(hideSecrets('x abcdefgh-long y abcdefgh', secrets)).toBe('x ******** y ********');
  });

  it('of a row is told by an error of Prisma', async () => {
    const error = new Error(
      '\nInvalid `db.user.create()` invocation:\n{ password: "hunter2" }\n\nArgument `x` is missing.',
    );
    error.name = 'PrismaClientValidationError';
    const [line] = await inProduction(() => void reportError(error));
    expect(line?.['message']).toContain('PrismaClientValidationError: Argument `x` is missing.');
    expect(JSON.stringify(line)).not.toContain('hunter2');
  });
});
