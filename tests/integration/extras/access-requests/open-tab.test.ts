import { beforeAll, describe, expect, it } from 'vitest';
import { isInstalled } from '@/lib/apps/installed';
import { db } from '@/lib/db/client';
import { look } from '@/lib/extras/watch/watchers';
import { makeGroup, permissionId } from '@/tests/support/auth/grants';
import { freshDatabase } from '@/tests/support/database';
import { eventOf, follow, letGoOfTabs, person } from '../watch/tabs';
import { giveFor, inAnHour } from './give-for';

beforeAll(freshDatabase);
letGoOfTabs();

const PERM = 'articles.publish_article';

describe.runIf(isInstalled('watch'))('an open tab', () => {
  it('is told that something is granted for a time, and that it has ended', async () => {
    const { user, cookie } = await person();
    const { read } = await follow(cookie);
    await giveFor(user, { perm: PERM }, inAnHour());
    await look();
    expect(eventOf(await read())).toBe('changed');
    await db.timedGrant.updateMany({ where: { userId: user.id }, data: { until: new Date() } });
    await look();
    expect(eventOf(await read())).toBe('changed');
  });

  it('is told of what the group gets in which its person is for a time', async () => {
    const { user, cookie } = await person();
    const groupId = await makeGroup('Watched');
    await giveFor(user, { groupId }, inAnHour());
    const { read } = await follow(cookie);
    const data = { groupId, permissionId: await permissionId('auth.view_group') };
    await db.groupPermission.create({ data });
    await look();
    expect(eventOf(await read())).toBe('changed');
  });
});
