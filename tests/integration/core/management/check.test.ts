import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { overrideSettings } from '@/lib/conf/settings';
import { command as check } from '@/lib/core/management/commands/check';
import { freshDatabase } from '@/tests/support/database';
import { run } from '@/tests/support/run-command';

beforeAll(freshDatabase);
beforeEach(() => {
  vi.stubEnv('NEXT_SERVER_ACTIONS_ENCRYPTION_KEY', Buffer.alloc(32, 'x').toString('base64'));
});
afterEach(() => {
  vi.unstubAllEnvs();
});

const deployed = {
  DEBUG: false,
  BCRYPT_ROUNDS: 12,
  SECRET_KEY: 'a-secret-of-more-than-fifty-characters-as-Django-wants-it',
  ALLOWED_HOSTS: ['app.example'],
  APP_ORIGIN: 'https://app.example',
  EMAIL_URL: 'smtp://localhost',
  SECURE_SSL_REDIRECT: true,
  SECURE_HSTS_INCLUDE_SUBDOMAINS: true,
  SECURE_HSTS_PRELOAD: true,
};

/** The ids that `manage check` with these arguments reports, but for a further app's, and its status. */
function asked(args: string[], changed: Parameters<typeof overrideSettings>[0] = deployed) {
  return overrideSettings(changed, async () => {
    const { status, err } = await run(check, args);
    const ids = err.flatMap((line) => /^[A-Z]+ \(([\w.]+)\)/.exec(line)?.[1] ?? []);
    return { status, ids: ids.filter((id) => !id.startsWith('mfa.')) };
  });
}

describe('check', () => {
  it('finds nothing in a deployment that is in order', async () => {
    expect(await asked([])).toEqual({ status: 0, ids: [] });
    expect(await asked(['--deploy'])).toEqual({ status: 0, ids: [] });
  });

  it('warns of a developer’s settings with --deploy only, and fails at the level told', async () => {
    const developer = { ...deployed, DEBUG: true, APP_ORIGIN: 'http://localhost:3000' };
    const ids = ['security.W018', 'security.W012'];
    expect(await asked([], developer)).toEqual({ status: 0, ids: [] });
    expect(await asked(['--deploy'], developer)).toEqual({ status: 0, ids });
    expect(await asked(['--deploy', '--fail-level', 'ERROR'], developer)).toEqual({
      status: 0,
      ids,
    });
    for (const level of ['WARNING', 'INFO', 'DEBUG']) {
      const args = ['--deploy', '--fail-level', level];
      expect(await asked(args, developer)).toEqual({ status: 1, ids });
    }
  });

  it.each(['console:', ''])('warns of mail that is printed, EMAIL_URL being %j', async (url) => {
    vi.stubEnv('EMAIL_URL', url);
    const { EMAIL_URL: _, ...rest } = deployed;
    expect(await asked(['--deploy'], rest)).toEqual({ status: 0, ids: ['mail.W002'] });
    expect(await asked([], rest)).toEqual({ status: 0, ids: [] });
  });

  it('warns of a build that invents the key of its forms', async () => {
    vi.stubEnv('NEXT_SERVER_ACTIONS_ENCRYPTION_KEY', '');
    expect(await asked(['--deploy'])).toEqual({ status: 0, ids: ['conf.W007'] });
    expect(await asked([])).toEqual({ status: 0, ids: [] });
  });

  it('fails for an error, unless only what is critical counts', async () => {
    const broken = { ...deployed, CSRF_TRUSTED_ORIGINS: ['app.example'] };
    const ids = ['4_0.E001'];
    expect(await asked([], broken)).toEqual({ status: 1, ids });
    expect(await asked(['--fail-level', 'CRITICAL'], broken)).toEqual({ status: 0, ids });
  });

  it('reports a model that nobody installed and a backend that nobody registered, once each', async () => {
    const unknown = { AUTH_USER_MODEL: 'shop.Nobody', AUTHENTICATION_BACKENDS: ['Nowhere'] };
    const { status, ids } = await asked([], { ...deployed, ...unknown });
    expect(status).toBe(1);
    expect(ids).toEqual(['auth.E101', 'auth.E103']);
  });

  it.each([[['--fail-level', 'LOUD']], [['--fail-level']], [['--deplay']], [['extra']]])(
    'refuses %j',
    async (args) => {
      expect((await asked(args)).status).toBe(2);
    },
  );
});
