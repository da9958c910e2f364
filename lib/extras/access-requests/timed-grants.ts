import { ACTION_FLAGS, logActions } from '@/lib/contrib/admin/models';
import { userAdmin } from '@/lib/contrib/auth/admin/user';
import { logPrivilegeChange } from '@/lib/contrib/auth/events/privilege-events';
import type { SecurityRequest } from '@/lib/contrib/auth/events/security-events';
import type { User } from '@/lib/contrib/auth/models';
import { userChangeErrors } from '@/lib/contrib/auth/permissions/account-rules';
import { loadCatalogue } from '@/lib/contrib/auth/permissions/permission-catalogue';
import { lockAccounts } from '@/lib/contrib/auth/users/accounts';
import { ValidationError } from '@/lib/core/exceptions';
import { type DbClient, db, transaction } from '@/lib/db/client';
import { mayChange } from './may-decide';

/** A grant that ends by itself, with what it gives in words. */
export type GivenForATime = {
  id: number;
  userId: number;
  until: Date;
  granter: string;
  reason: string;
  /** `app.codename`; null for a group. */
  perm: string | null;
  group: string | null;
};

/** What somebody has for a time and that still counts at `now`, what ends next first. */
export async function grantsOf(userId: number, now = new Date()): Promise<GivenForATime[]> {
  return named(db, { userId, until: { gt: now } });
}

/** The grant of an id that still counts; null for every other. */
export async function findGrant(id: number, now = new Date()): Promise<GivenForATime | null> {
  const [grant] = await named(db, { id, until: { gt: now } });
  return grant ?? null;
}

/** What a grant gives, in words. */
export function grantWords({ perm, group }: Pick<GivenForATime, 'perm' | 'group'>): string {
  return perm ?? `the group ${group ?? ''}`;
}

/**
 * End a grant before its time: for who may change the person in the admin. One transaction with its
 * entries in the history and the log. Throws ValidationError with what is in the way.
 */
export async function endGrant(
  by: SecurityRequest & { readonly user: User },
  id: number,
): Promise<GivenForATime> {
  const grant = await findGrant(id);
  if (!grant) throw new ValidationError('It has ended already.', 'ended');
  if (!(await mayChange(by.user, grant.userId))) {
    throw new ValidationError('You may not change this person.', 'refused');
  }
  await transaction(async (tx) => {
    const accounts = await lockAccounts(tx, [grant.userId]);
    const asked = { accounts, before: { id: grant.userId }, next: {} };
    const [first] = Object.values(await userChangeErrors(tx, by.user, asked)).flat();
    if (first !== undefined) throw new ValidationError(first, 'refused');
    const now = new Date();
    const where = { id, until: { gt: now } };
    const { count } = await tx.timedGrant.updateMany({ where, data: { until: now } });
    if (count === 0) throw new ValidationError('It has ended already.', 'ended');
    const name = accounts.get(grant.userId)?.username ?? '';
    await logActions(tx, by.user, userAdmin().meta, [
      {
        flag: ACTION_FLAGS.change,
        object: { id: grant.userId, repr: name },
        messages: [{ changed: { fields: ['Grants for a time'] } }],
      },
    ]);
    const { perm, group } = grant;
    const holder = { kind: 'user', id: grant.userId, name } as const;
    const detail = {
      act: 'ended a grant for a time',
      ...(perm !== null && { taken: [perm] }),
      ...(group !== null && { groupsTaken: [group] }),
    };
    await logPrivilegeChange(tx, { request: by, actor: by.user }, holder, detail);
  });
  return grant;
}

type Where = { id?: number; userId?: number; until: { gt: Date } };

async function named(client: DbClient, where: Where): Promise<GivenForATime[]> {
  const rows = await client.timedGrant.findMany({
    where,
    include: { group: { select: { name: true } } },
    orderBy: [{ until: 'asc' }, { id: 'asc' }],
  });
  const ids = rows.flatMap(({ permissionId }) => permissionId ?? []);
  const catalogue = new Map((await loadCatalogue(client, ids)).map((each) => [each.id, each.perm]));
  return rows.map(({ id, userId, until, granter, reason, permissionId, group }) => ({
    ...{ id, userId, until, granter, reason },
    perm: permissionId === null ? null : (catalogue.get(permissionId) ?? ''),
    group: group?.name ?? null,
  }));
}
