import { logSecurityEvents, type SecurityRequest } from '@/lib/contrib/auth/events/security-events';
import type { User } from '@/lib/contrib/auth/models';
import { decide } from '@/lib/contrib/auth/permissions/decisions';
import type { CataloguedPermission } from '@/lib/contrib/auth/permissions/permission-catalogue';
import { lockAccounts } from '@/lib/contrib/auth/users/accounts';
import { ValidationError } from '@/lib/core/exceptions';
import { type TransactionClient, transaction } from '@/lib/db/client';
import { permissionsNamed } from './permissions-named';

/** What somebody asks for: permissions, `app.codename`, for how long (null: for good), and why. */
export type Asked = { perms: readonly string[]; seconds: number | null; reason: string };

type Asker = SecurityRequest & { readonly user: User };

/**
 * Ask for access, a request for each permission; gives the ids of those that are new. One that waits
 * already is left as it is, so that there is one open request of a person for a permission, also if
 * two are sent at once. Throws ValidationError where nothing is left to ask for.
 */
export async function askForAccess(request: Asker, asked: Asked): Promise<number[]> {
  const { user } = request;
  const wanted: CataloguedPermission[] = [];
  for (const permission of await permissionsNamed(asked.perms)) {
    if (!(await decide(user, permission.perm)).allowed) wanted.push(permission);
  }
  if (wanted.length === 0) {
    throw new ValidationError('You hold this already: go back, and try again.', 'held');
  }
  return transaction(async (tx) => {
    const account = (await lockAccounts(tx, [user.id])).get(user.id);
    if (!account?.isActive) throw new ValidationError('The account is not active.', 'inactive');
    const made: { id: number; perm: string }[] = [];
    for (const { id: permissionId, perm } of wanted) {
      const id = await insert(tx, { userId: user.id, permissionId, ...asked });
      if (id !== null) made.push({ id, perm });
    }
    if (made.length === 0) {
      throw new ValidationError('You have asked for this already. Wait for the answer.', 'open');
    }
    const detail = {
      act: 'asked for access',
      reason: asked.reason,
      seconds: asked.seconds ?? 'for good',
    };
    const events = made.map(({ id, perm }) => ({
      name: 'authz_admin' as const,
      actor: user,
      target: { id: user.id, username: user.getUsername() },
      request,
      detail: { ...detail, permission: perm, accessRequest: id },
    }));
    await logSecurityEvents(events, tx);
    return made.map(({ id }) => id);
  });
}

type New = { userId: number; permissionId: number; seconds: number | null; reason: string };

// By hand: a value that is taken would end the transaction on PostgreSQL.
async function insert(
  tx: TransactionClient,
  { userId, permissionId, seconds, reason }: New,
): Promise<number | null> {
  const [row] = await tx.$queryRaw<{ id: number | bigint }[]>`
    INSERT INTO auth_access_request
      (user_id, permission_id, reason, seconds, state, created, decider, answer)
    VALUES (${userId}, ${permissionId}, ${reason}, ${seconds}, 'open', ${new Date()}, '', '')
    ON CONFLICT DO NOTHING RETURNING id`;
  return row ? Number(row.id) : null;
}
