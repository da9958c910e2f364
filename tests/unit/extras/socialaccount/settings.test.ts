import { afterEach, describe, expect, it } from 'vitest';
import { overrideSettings, settings } from '@/lib/conf/settings';
import { signInWays } from '@/lib/contrib/auth/sign-in/ways';
import type { ProviderSetting } from '@/lib/extras/socialaccount/apps';
import { checkProviderAnswers, checkProviders } from '@/lib/extras/socialaccount/checks';
import { identityOf } from '@/lib/extras/socialaccount/providers/claims';
import { ContentSecurityPolicyMiddleware } from '@/lib/middleware/csp';
import '@/lib/site/app-configs';

const ACME = {
  id: 'acme',
  issuer: 'https://id.acme.test/realm',
  clientId: 'gatehouse',
  clientSecret: 's',
} as const;

const withProviders = <T>(providers: readonly object[], body: () => T | Promise<T>) =>
  overrideSettings({ SOCIALACCOUNT_PROVIDERS: providers as ProviderSetting[] }, body);

const found = (...providers: object[]) =>
  withProviders(providers, () => checkProviders().map(({ id }) => id.split('.')[1]));

afterEach(() => {
  for (const name of ['SOCIALACCOUNT_PROVIDERS', 'SOCIALACCOUNT_MY_ID_CLIENT_SECRET']) {
    delete process.env[name];
  }
});

describe('the providers of the settings', () => {
  it('are none by themselves, and add nothing to the sign-in page', () => {
    expect(settings.SOCIALACCOUNT_PROVIDERS).toEqual([]);
    expect(signInWays().map(({ name }) => name)).not.toContain('provider_acme');
    expect(checkProviders()).toEqual([]);
  });

  it('each have a button, which posts', async () => {
    await withProviders([{ ...ACME, name: 'Acme' }], () => {
      const way = signInWays('/articles/').find(({ name }) => name === 'provider_acme');
      const href = '/accounts/oidc/acme/login/';
      expect(way).toEqual({
        name: 'provider_acme',
        label: 'Sign in with Acme',
        href,
        isPosted: true,
      });
    });
  });

  it('may stand in the environment as JSON, with their secrets beside', async () => {
    process.env['SOCIALACCOUNT_PROVIDERS'] = JSON.stringify([
      { id: 'my-id', preset: 'google', clientId: 'c' },
    ]);
    expect(settings.SOCIALACCOUNT_PROVIDERS).toMatchObject([{ id: 'my-id' }]);
    expect(checkProviders().map(({ id }) => id)).toEqual(['socialaccount.E004']);
    process.env['SOCIALACCOUNT_MY_ID_CLIENT_SECRET'] = 'secret';
    expect(checkProviders()).toEqual([]);
    process.env['SOCIALACCOUNT_PROVIDERS'] = '[{';
    expect(settings.SOCIALACCOUNT_PROVIDERS).toEqual([]);
    expect(checkProviders().map(({ id }) => id)).toEqual(['socialaccount.E001']);
  });

  it('are refused where they cannot work, or would let in whom they should not', async () => {
    const microsoft = { ...ACME, preset: 'microsoft', issuer: undefined };
    expect(await found(ACME)).toEqual([]);
    expect(await found({ ...ACME, trustMail: true })).toEqual(['E001']);
    expect(await found({ ...ACME, id: 'Acme/..' })).toEqual(['E001']);
    expect(await found({ ...ACME, issuer: undefined })).toEqual(['E002']);
    expect(await found({ ...ACME, issuer: 'http://id.acme.test' })).toEqual(['E003']);
    const plain = () => found({ ...ACME, issuer: 'http://id.acme.test' });
    expect(await overrideSettings({ DEBUG: true }, plain)).toEqual(['E003']);
    expect(await found({ ...ACME, issuer: 'http://127.0.0.1:8080' })).toEqual([]);
    expect(await found({ ...ACME, preset: 'apple' })).toEqual(['E004']);
    expect(await found({ ...microsoft, trustEmail: true })).toEqual(['E005']);
    expect(await found(microsoft)).toEqual([]);
    expect(await found({ ...ACME, signup: { domains: ['acme.test'] } })).toEqual(['E006']);
    expect(await found(ACME, ACME)).toEqual(['E007']);
    const apple = [{ ...ACME, preset: 'apple', issuer: undefined }];
    expect(await withProviders(apple, () => checkProviderAnswers().length)).toBe(1);
  });
});

describe('form-action', () => {
  const policy = async () => {
    const request = new Request('http://localhost:3000/');
    const response = await ContentSecurityPolicyMiddleware(request, async () => new Response());
    return /form-action ([^;]*)/.exec(response.headers.get('content-security-policy') ?? '')?.[1];
  };

  it('names us and the origins of the providers, and no more', async () => {
    expect(await policy()).toBe("'self'");
    const google = { id: 'google', preset: 'google', clientId: 'c' };
    const moved = { ...ACME, id: 'b', authorizationOrigin: 'https://login.acme.test' };
    expect(await withProviders([ACME, google, moved], policy)).toBe(
      "'self' https://id.acme.test https://accounts.google.com https://login.acme.test",
    );
    expect(await withProviders([{ id: 'x', issuer: 'no address' }], policy)).toBe("'self'");
  });

  it('names us alone while the app is out', async () => {
    const INSTALLED_APPS = settings.INSTALLED_APPS.filter((label) => label !== 'socialaccount');
    await overrideSettings({ INSTALLED_APPS }, async () => {
      expect(await withProviders([ACME], policy)).toBe("'self'");
    });
  });
});

describe('an address', () => {
  const verified = (setting: object, claims: object) =>
    identityOf({ ...ACME, trustEmail: true, ...setting } as ProviderSetting, {
      claims: { iss: 'i', sub: 's', email_verified: true, ...claims },
      idToken: '',
    }).isEmailVerified;

  it('is believed of Google where Google keeps it, and of Microsoft in one’s own tenant', () => {
    const google = { preset: 'google', issuer: undefined };
    expect(verified(google, { email: 'a@gmail.com' })).toBe(true);
    expect(verified(google, { email: 'a@acme.test' })).toBe(false);
    expect(verified(google, { email: 'a@acme.test', hd: 'acme.test' })).toBe(true);
    const common = { preset: 'microsoft', issuer: undefined };
    expect(verified(common, { email: 'a@acme.test' })).toBe(false);
    expect(verified(common, { email: 'a@acme.test', xms_edov: true })).toBe(false);
    const issuer = 'https://login.microsoftonline.com/8eaef023/v2.0';
    expect(verified({ ...common, issuer }, { email: 'a@acme.test' })).toBe(true);
    expect(verified({ preset: 'apple' }, { email: 'a@b.c', email_verified: 'true' })).toBe(true);
    expect(verified({ trustEmail: false }, { email: 'a@acme.test' })).toBe(false);
    expect(verified({ trustEmail: undefined }, { email: 'a@acme.test' })).toBe(false);
  });
});
