import { afterAll, beforeAll } from 'vitest';
import { overrideSettings } from '@/lib/conf/settings';
import type { User } from '@/lib/contrib/auth/models';
import { users } from '@/lib/contrib/auth/users/managers';
import { db } from '@/lib/db/client';
import type { ProviderSetting } from '@/lib/extras/socialaccount/apps';
import { CHEAP } from '@/tests/boundary/browser';
import { loginNotRequired } from '@/tests/boundary/guards';
import { probe } from '@/tests/boundary/probe';
import { freshDatabase } from '@/tests/support/database';
import { mailFolder, type ReceivedMail } from '@/tests/support/mail';
import { ORIGIN, Traveller } from './journey';
import { CLIENT, startProvider, type TestProvider } from './provider';

/** A database, a folder for mails and a provider, for the parts of a test file. */
export function setUp() {
  const here = {
    provider: null as TestProvider | null,
    mail: '',
    mails: async (): Promise<ReceivedMail[]> => [],
  };
  const ids = ['acme', 'other'];

  beforeAll(freshDatabase);
  beforeAll(async () => {
    const folder = await mailFolder();
    here.mail = folder.url;
    here.mails = folder.mails;
    const provider = await startProvider(ids);
    await provider.open(ORIGIN);
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
    ...CHEAP,
    EMAIL_URL: here.mail,
    LOG_LEVEL: 'error' as const,
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
    /** Somebody with the password `x`, and an address if there is one. */
    async local(username: string, email = '', verified = false): Promise<User> {
      const user = await overrideSettings(CHEAP, () =>
        users.createUser({ username, email, password: 'x' }),
      );
      const row = { userId: user.id, email: email.toLowerCase(), verified, primary: true };
      if (email !== '') await db.emailAddress.create({ data: row });
      return user;
    },
    mails: () => here.mails(),
    /** Nobody here any more, nor there. */
    async empty(): Promise<void> {
      provider().people.clear();
      await db.session.deleteMany();
      await db.userGroup.deleteMany();
      await db.userPermission.deleteMany();
      await db.logEntry.deleteMany();
      await db.user.deleteMany();
      await db.securityLogEntry.deleteMany();
      await db.oidcSession.deleteMany();
      await db.throttle.deleteMany();
      await db.groupSource.deleteMany();
    },
  };
}

/** The texts of all mails so far. */
export async function allMail(site: ReturnType<typeof setUp>): Promise<string[]> {
  return (await site.mails()).map(({ text }) => text);
}

/** Whom a guard sees in this browser. */
export async function whoIs({ cookie }: Traveller): Promise<unknown> {
  return (await probe(loginNotRequired).ask('page', { cookie })).user;
}

/** What the security log has of the last sign-in that did not work. */
export async function lastFailure(): Promise<string> {
  const where = { event: 'authn_login_fail' };
  const row = await db.securityLogEntry.findFirst({ where, orderBy: { id: 'desc' } });
  return JSON.stringify(row);
}
