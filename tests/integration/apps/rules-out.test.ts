import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type AppLabel, isInstalled } from '@/lib/apps/installed';
import { overrideSettings, settings } from '@/lib/conf/settings';
import { withAdditions } from '@/lib/contrib/admin/additions';
import { authenticate } from '@/lib/contrib/auth';
import { userAdmin } from '@/lib/contrib/auth/admin/user';
import type { User } from '@/lib/contrib/auth/models';
import { users } from '@/lib/contrib/auth/users/managers';
import { db, transaction } from '@/lib/db/client';
import { reserveAttempt } from '@/lib/extras/throttling/attempts';
import { adminSite } from '@/lib/site/admins';
import { withDependents } from '@/tests/support/app-entry-points';
import { freshDatabase } from '@/tests/support/database';

beforeAll(freshDatabase);

let root: User;
let clerk: User;

beforeAll(async () => {
  root = await users.createSuperuser({ username: 'root' });
  clerk = await users.createUser({ username: 'clerk', isStaff: true, password: 'a right one' });
});

beforeEach(async () => {
  await db.throttle.deleteMany({});
  await db.securityLogEntry.deleteMany({});
});

function takenOut<T>(label: string, body: () => Promise<T>): Promise<T> {
  const out = withDependents(label);
  const INSTALLED_APPS: AppLabel[] = settings.INSTALLED_APPS.filter((each) => !out.includes(each));
  return overrideSettings({ INSTALLED_APPS }, body);
}

const linksOf = async () => {
  const links = await adminSite.find('auth.user')?.options.objectLinks?.({ id: clerk.id }, root);
  return links?.map(({ label }) => label).filter((label) => label !== 'Second factors');
};

describe('what other apps add to the screens of users', () => {
  it('stands in one order, and goes with the app that adds it', async () => {
    expect(await linksOf()).toEqual(['Permissions and why', 'Sessions', 'Permission matrix']);
    await takenOut('matrix', async () => {
      expect(await linksOf()).toEqual(['Permissions and why', 'Sessions']);
    });
    await takenOut('why', async () => expect(await linksOf()).toEqual(['Sessions']));
    expect(await linksOf()).toHaveLength(3);
  });

  const change = { username: 'root', isSuperuser: true, isActive: true } as const;
  const refusals = () =>
    transaction(async (tx) => {
      const request = {
        user: clerk,
        ipAddress: '',
        userAgent: '',
        session: { id: null, keyHash: null },
      };
      const values = { ...change, isSuperuser: false };
      const before = { id: root.id, ...change };
      const { options } = adminSite.find('auth.user') ?? {};
      const locked = await options?.lock?.(tx, root.id);
      return options?.clean?.(tx, { request, before, values, locked });
    });

  it('refuses what the rules of granting refuse, until they are out', async () => {
    expect(Object.keys((await refusals()) ?? {})).not.toEqual([]);
    await takenOut('grant-rules', async () => expect(await refusals()).toBeFalsy());
  });

  it('is asked beside what was declared, and none of it hides another', async () => {
    const adds = (label: string) => ({
      model: 'auth.user',
      adds: {
        clean: async () => ({ email: [label] }),
        cleanDelete: async () => [label],
        isGrant: () => label === 'two',
      },
    });
    const { options } = withAdditions(userAdmin(), [adds('one'), adds('two')]);
    await transaction(async (tx) => {
      const request = {
        user: root,
        ipAddress: '',
        userAgent: '',
        session: { id: null, keyHash: null },
      };
      const asked = { request, before: null, values: {}, locked: undefined };
      expect(await options.clean?.(tx, asked)).toEqual({ email: ['one', 'two'] });
      expect(await options.cleanDelete?.(tx, root, [1])).toEqual(['one', 'two']);
      expect(options.isGrant?.(asked)).toBe(true);
    });
  });
});

describe('the throttling', () => {
  const tries = async () => {
    let allowed = 0;
    for (let i = 0; i < 8; i += 1) {
      const keys = { account: 'clerk', network: '192.0.2.1' };
      if ((await reserveAttempt('login', keys)).allowed) allowed += 1;
    }
    return allowed;
  };

  it('counts while it is in, and lets every try pass and writes nothing while it is out', async () => {
    await takenOut('throttling', async () => expect(await tries()).toBe(8));
    expect(await db.throttle.count()).toBe(0);
    expect(await tries()).toBe(settings.THROTTLES.login.account.free);
    expect(await db.throttle.count()).toBeGreaterThan(0);
  });
});

describe('the receivers of an app', () => {
  const fail = () => authenticate(null, { username: 'clerk', password: 'a wrong one' });

  it('hear of a failed sign-in while it is in, and of none while it is out', async () => {
    await takenOut('security-log', async () => {
      expect(isInstalled('throttling')).toBe(false);
      expect(await fail()).toBeNull();
    });
    expect(await db.securityLogEntry.count()).toBe(0);
    await fail();
    expect(await db.securityLogEntry.count()).toBe(1);
  });
});
