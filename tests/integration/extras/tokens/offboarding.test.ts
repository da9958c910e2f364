import { beforeAll, expect, it } from 'vitest';
import { offboardUser } from '@/lib/contrib/auth/admin/people/offboard';
import { offboardReview } from '@/lib/contrib/auth/admin/people/offboard-review';
import { users } from '@/lib/contrib/auth/users/managers';
import { db } from '@/lib/db/client';
import { makeSuperuser, requestOf } from '@/tests/support/admin/staff';
import { eventsAbout } from '@/tests/support/auth/events-about';
import { freshDatabase } from '@/tests/support/database';

beforeAll(freshDatabase);

it('tokens of somebody who is let go end for good, and nobody else’s', async () => {
  const root = await makeSuperuser();
  const leaver = await users.createUser({ username: 'leaver' });
  const other = await users.createUser({ username: 'other' });
  const now = new Date();
  for (const { id: userId } of [leaver, other]) {
    const token = { start: `gh_${userId}`, tokenHash: `${userId}`.padStart(64, '0'), name: 'mine' };
    const whole = { isFull: true, networks: '', lastUsedIp: '', created: now };
    await db.token.create({ data: { ...token, ...whole, userId } });
  }
  const { ends } = await offboardReview(root, leaver);
  expect(ends).toEqual([{ one: 'access token', many: 'access tokens', count: 1 }]);
  expect(await offboardUser(requestOf(root), leaver.id)).toMatchObject({
    kind: 'done',
    ended: { tokensEnded: 1 },
  });
  const left = await db.token.findMany({ where: { revoked: null } });
  expect(left.map(({ userId }) => userId)).toEqual([other.id]);
  const event = (await eventsAbout(leaver.id)).find(({ detail }) => detail.includes('"act"'));
  expect(JSON.parse(event?.detail ?? '')).toMatchObject({ tokensEnded: 1 });
});
