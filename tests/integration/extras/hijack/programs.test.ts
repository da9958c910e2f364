import { beforeAll, expect, it } from 'vitest';
import { isInstalled } from '@/lib/apps/installed';
import { users } from '@/lib/contrib/auth/users/managers';
import { db } from '@/lib/db/client';
import { whyNotImpersonate } from '@/lib/extras/hijack/may-impersonate';
import { grant, reload } from '@/tests/support/auth/grants';
import { freshDatabase } from '@/tests/support/database';

beforeAll(freshDatabase);

it.runIf(isInstalled('tokens'))('nobody acts as a program', async () => {
  const robot = await users.createUser({ username: 'robot' });
  const sam = await users.createUser({ username: 'sam' });
  await grant(sam, 'hijack.add_impersonation');
  expect(await whyNotImpersonate(await reload(sam), robot)).toBeNull();
  const data = { userId: robot.id, purpose: 'x', created: new Date() };
  await db.serviceAccount.create({ data });
  expect(await whyNotImpersonate(await reload(sam), await reload(robot))).toContain('program');
});
