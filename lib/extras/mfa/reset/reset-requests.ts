import { logSecurityEvent } from '@/lib/contrib/auth/events/security-events';
import type { User } from '@/lib/contrib/auth/models';
import { findUser, getUserModel } from '@/lib/contrib/auth/users/user-model';
import { type DbClient, db } from '@/lib/db/client';
import { RESET_PERMISSION, type Resetter } from './may-reset';

/** A reset that waits for a second person. */
export type ResetRequest = {
  readonly requestedById: number;
  readonly reason: string;
  readonly created: Date;
  readonly expires: Date;
};

/** The reset of this person's factors that waits for a second person; null when there is none. */
export function openRequest(client: DbClient, userId: number): Promise<ResetRequest | null> {
  return client.factorReset.findFirst({ where: { userId, expires: { gt: new Date() } } });
}

/**
 * The same with who has asked; one of somebody who could not ask any more, or is gone, is no request,
 * and is deleted.
 */
export async function validRequest(userId: number): Promise<(ResetRequest & { by: User }) | null> {
  const asked = await openRequest(db, userId);
  if (!asked) return null;
  const by = await findUser(getUserModel(), 'id', asked.requestedById);
  if (by?.isActive && (await by.hasPerm(RESET_PERMISSION))) return { ...asked, by };
  await db.factorReset.deleteMany({ where: { userId, requestedById: asked.requestedById } });
  return null;
}

/** Take a request back, or decline it. False when there was none. */
export async function declineReset(by: Resetter, target: User): Promise<boolean> {
  const { count } = await db.factorReset.deleteMany({ where: { userId: target.id } });
  if (count === 0) return false;
  await logSecurityEvent({
    name: 'authz_admin',
    actor: by.user,
    target: { id: target.id, username: target.username },
    request: by,
    detail: { act: 'declined a reset of second factors' },
  });
  return true;
}
