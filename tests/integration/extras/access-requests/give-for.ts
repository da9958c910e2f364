import type { User } from '@/lib/contrib/auth/models';
import { db } from '@/lib/db/client';
import { permissionId } from '@/tests/support/auth/grants';

const HOUR = 3_600_000;

/** The end of a second, an hour from now. */
export const inAnHour = () => new Date(Math.ceil(Date.now() / 1000) * 1000 + HOUR);

/** Give somebody a permission or a group until a moment. */
export async function giveFor(
  user: User,
  what: { perm: string } | { groupId: number },
  until: Date,
) {
  const given =
    'perm' in what ? { permissionId: await permissionId(what.perm) } : { groupId: what.groupId };
  const by = { granter: 'root', reason: 'the June issue.' };
  await db.timedGrant.create({
    data: { userId: user.id, ...given, until, created: new Date(), ...by },
  });
}
