import type { AdminUser, Change } from '@/lib/contrib/admin/options';
import { gained, lost, valueIn } from '@/lib/contrib/auth/admin/moved-ids';
import {
  type GroupPermissions,
  loadGroupPermissions,
} from '@/lib/contrib/auth/permissions/group-permissions';
import { loadCatalogue, ofIds } from '@/lib/contrib/auth/permissions/permission-catalogue';
import type { HolderChange, Status } from '@/lib/contrib/auth/rights/holder-change';
import { type RightsReview, reviewRights } from '@/lib/contrib/auth/rights/review';
import { getUserModel } from '@/lib/contrib/auth/users/user-model';
import { chunksOf } from '@/lib/db/chunks';
import type { TransactionClient } from '@/lib/db/client';
import type { RowId } from '@/lib/forms/row-id';

const FLAGS = ['isActive', 'isStaff', 'isSuperuser'] as const;

type AnyChange = Change<object & { id: RowId }>;

/**
 * What a change of a group in its form does to its members; null where it moves no permission, which
 * costs no statement.
 * Django: no counterpart
 */
export async function reviewGroupChange(
  tx: TransactionClient,
  { request, before, values }: AnyChange,
): Promise<RightsReview | null> {
  const [given, taken] = [gained, lost].map((of) => of(before, values, 'permissions'));
  if (!before || !given || !taken || given.length + taken.length === 0) return null;
  const catalogue = await loadCatalogue(tx);
  const holder: HolderChange = {
    kind: 'group',
    id: Number(before.id),
    name: String(valueIn(before, 'name')),
    given: ofIds(catalogue, given),
    taken: ofIds(catalogue, taken),
  };
  return reviewRights(tx, request.user, [holder], { catalogue });
}

/** What the deletion of groups does to their members; null for groups without permissions. */
export async function reviewGroupDeletion(
  tx: TransactionClient,
  user: AdminUser,
  ids: readonly number[],
): Promise<RightsReview | null> {
  const groups = await loadGroupPermissions(tx, ids);
  if (groups.every(({ permissions }) => permissions.length === 0)) return null;
  return reviewRights(tx, user, groups.map(deleted));
}

function deleted({ id, name, permissions }: GroupPermissions): HolderChange {
  return { kind: 'group', id, name, given: [], taken: permissions, isDeleted: true };
}

/**
 * What a change of a user in their form does to them; null where it moves neither groups nor
 * permissions nor a flag, which costs no statement.
 * Django: no counterpart
 */
export async function reviewUserChange(
  tx: TransactionClient,
  { request, before, values }: AnyChange,
): Promise<RightsReview | null> {
  if (!before) return null;
  const status: Partial<Status> = Object.fromEntries(
    FLAGS.flatMap((flag) =>
      flag in values && valueIn(before, flag) !== values[flag]
        ? [[flag, values[flag] === true]]
        : [],
    ),
  );
  const [given, taken] = [gained, lost].map((of) => of(before, values, 'userPermissions'));
  const [joined, left] = [gained, lost].map((of) => of(before, values, 'groups'));
  const moved = [given, taken, joined, left].flatMap((ids) => ids ?? []);
  if (moved.length === 0 && Object.keys(status).length === 0) return null;
  const catalogue = await loadCatalogue(tx);
  const groups = await loadGroupPermissions(tx, [...(joined ?? []), ...(left ?? [])]);
  const id = Number(before.id);
  const holder: HolderChange = {
    kind: 'user',
    id,
    name: String(valueIn(before, getUserModel().USERNAME_FIELD)),
    given: ofIds(catalogue, given ?? []),
    taken: ofIds(catalogue, taken ?? []),
    joined: ofIds(groups, joined ?? []),
    left: ofIds(groups, left ?? []),
    status,
  };
  const sessions = status.isActive === undefined ? 0 : await countSessions(tx, [id]);
  return reviewRights(tx, request.user, [holder], { catalogue, sessions });
}

/** How many sessions these users have. */
export async function countSessions(
  tx: TransactionClient,
  ids: readonly number[],
): Promise<number> {
  let count = 0;
  for (const chunk of chunksOf(ids)) {
    count += await tx.session.count({ where: { userId: { in: [...chunk] } } });
  }
  return count;
}
