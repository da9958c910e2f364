import { existsSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { APPS } from '@/lib/apps/declared';
import { isPersonal, PERMISSION_NAMES } from '@/lib/apps/installed';
import { registerHasher } from '@/lib/contrib/auth/hashers';
import type { User } from '@/lib/contrib/auth/models';
import { db } from '@/lib/db/client';
import { entryPointsOf } from '@/tests/support/app-entry-points';
import { countingHasher } from '@/tests/support/auth/counting-hasher';
import { freshDatabase } from '@/tests/support/database';
import { browserOf, callServer } from '@/tests/support/server-call';
import { repositoryRoot } from '@/tests/support/sources';
import { Browser } from '../../contrib/auth/one-way-in/browser';
import { acquireIn, person, seenIn } from './acting';

beforeAll(() => registerHasher(countingHasher()));
beforeAll(freshDatabase);

const PERSONAL: string[] = APPS.map(({ label }) => label).filter(
  (label) => isPersonal(label) && existsSync(path.join(repositoryRoot, 'app', `(${label})`)),
);

const browser = new Browser();
let bob: User;

beforeAll(async () => {
  const held = [...PERMISSION_NAMES].filter((perm) => PERSONAL.includes(perm.split('.')[0] ?? ''));
  const sam = await person('sam', 'hijack.add_impersonation', ...held);
  bob = await person('bob', ...held);
  browser.cookie = await browserOf(sam);
  await acquireIn(browser, bob);
});

const kept = async () => ({
  user: await db.user.findUnique({ where: { id: bob.id }, omit: { password: false } }),
  sessions: await db.session.count(),
  events: await db.securityLogEntry.count({ where: { event: { not: 'authz_fail' } } }),
});

describe('whoever acts as somebody', () => {
  it.each(PERSONAL)('is refused each page, handler and action of %s', async (label) => {
    expect(await seenIn(browser)).toEqual({ user: 'bob', by: 'sam' });
    const before = await kept();
    const entryPoints = await entryPointsOf(label);
    expect(entryPoints.length).toBeGreaterThan(1);
    for (const { name, call, method } of entryPoints) {
      const { status, value } = await callServer(browser.cookie, call, method);
      const answered = value instanceof Response ? value.status : status;
      expect([name, answered]).toEqual([name, 403]);
    }
    expect(await kept()).toEqual(before);
  });

  it('is not shown the sign-ins of the person, nor the way to them', async () => {
    const folder = path.join(repositoryRoot, 'app/(security-log)');
    const entryPoints = existsSync(folder) ? await entryPointsOf('security-log') : [];
    const pages = entryPoints.filter(({ name }) => name.startsWith('accounts/'));
    expect(pages).toHaveLength(existsSync(folder) ? 1 : 0);
    for (const { call, method } of pages) {
      expect((await callServer(browser.cookie, call, method)).status).toBe(403);
    }
  });
});
