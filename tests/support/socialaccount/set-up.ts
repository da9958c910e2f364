import { afterAll, beforeAll } from 'vitest';
import type { ProviderSetting } from '@/lib/extras/socialaccount/apps';
import { loginNotRequired } from '@/tests/boundary/guards';
import { probe } from '@/tests/boundary/probe';
import { freshDatabase } from '@/tests/support/database';
import { mailFolder } from '@/tests/support/mail';
import { ORIGIN, Traveller } from './journey';
import { CLIENT, startProvider, type TestProvider } from './provider';

type Chosen = Partial<ProviderSetting> & Record<string, unknown>;

/** A database, a folder for mails and a provider, for the parts of a test file. */
export function setUp() {
  const here = { provider: null as TestProvider | null, mail: '' };
  const ids = ['acme', 'other'];

  beforeAll(freshDatabase);
  beforeAll(async () => {
    const folder = await mailFolder();
    here.mail = folder.url;
    const provider = await startProvider([ORIGIN], ids);
    here.provider = provider;
    return async () => {
      await provider.stop();
      await folder.remove();
    };
  });
  afterAll(() => {
    here.provider = null;
  });

  const provider = (): TestProvider => {
    if (!here.provider) throw new Error('It has not been started.');
    return here.provider;
  };
  const settingsWith = (chosen: Partial<ProviderSetting> = {}, more: object = {}) => ({
    EMAIL_URL: here.mail,
    PASSWORD_HASHERS: ['pbkdf2_sha256'],
    PBKDF2_ITERATIONS: 1,
    SOCIALACCOUNT_PROVIDERS: ids.map((id) => ({
      id,
      name: id === 'acme' ? 'Acme' : 'Other',
      issuer: provider().issuer,
      ...CLIENT,
      ...chosen,
    })),
    ...more,
  });
  return {
    provider,
    settingsWith,
    /** A browser, and the site with a provider of these settings. */
    traveller: (chosen: Partial<ProviderSetting> = {}, { more = {}, cookie = '' } = {}) =>
      new Traveller(settingsWith(chosen, more), cookie),
    mailFolder: () => here.mail.replace(/^file:/, ''),
  };
}

export type { Chosen };

/** Whom a guard sees in this browser. */
export async function whoIs({ cookie }: Traveller): Promise<unknown> {
  return (await probe(loginNotRequired).ask('page', { cookie })).user;
}
