import { countRows, type RowCount } from '@/lib/contrib/admin/list/count';
import type { User } from '@/lib/contrib/auth/models';
import { type Decision, decide } from '@/lib/contrib/auth/permissions/decisions';
import { loadGrants, loadGrantsOfAll } from '@/lib/contrib/auth/permissions/held-permissions';
import { grantedTo, isGranted } from '@/lib/contrib/auth/permissions/holders';
import {
  type MembershipNote,
  membershipNotes,
} from '@/lib/contrib/auth/permissions/membership-notes';
import type { Source } from '@/lib/contrib/auth/permissions/sources';
import { getUserModel, type UserModel } from '@/lib/contrib/auth/users/user-model';
import { userColumns, userOf } from '@/lib/contrib/auth/users/user-rows';
import { db, Prisma } from '@/lib/db/client';
import { identifier } from '@/lib/db/identifiers';

/** Who is listed: those to whom it is granted, or the superusers, who hold everything. */
export type HolderKind = 'granted' | 'superusers';

/** One person of the list. `sources` are also told of a grant that does not count. */
export type Holder = {
  user: User;
  decision: Decision;
  sources: Source[];
  /** Where memberships of these people came from, as far as an app gave them. */
  notes: readonly MembershipNote[];
};

/** One page of a list, and how long the whole is. */
export type HolderPage = {
  holders: Holder[];
  count: RowCount;
  /** From 1. */
  page: number;
  hasNext: boolean;
};

type HolderListQuery = {
  kind: HolderKind;
  /** What else is asked of the users, whose table is known as `t`. */
  conditions: readonly Prisma.Sql[];
  /** From 1; brought into range where the count is exact. */
  page: number;
};

const HOLDERS_PER_PAGE = 50;

// Where a long list ends that is not counted: far behind what anybody turns over.
const LAST_PAGE = 1_000_000;

/**
 * One page of the people who hold the permission `app.codename`, by username: those to whom it is
 * granted, directly or through a group, or the superusers, each set without the other. Inactive
 * people are among them, with a decision that refuses. The database counts and pages; only the
 * people of the page are read, and `decide` is asked of each. Whom a backend lets in by a rule of its
 * own is not among them.
 * Django: contrib/auth/models.py UserManager.with_perm (which returns them all)
 */
export async function listHolders(
  perm: string,
  { kind, conditions, page }: HolderListQuery,
): Promise<HolderPage> {
  const model = getUserModel();
  const where = Prisma.join([await isOfKind(model, perm, kind), ...conditions], ' AND ');
  const count = await countRows({ from: tableOf(model), where });
  const last = count.isExact ? Math.max(1, Math.ceil(count.value / HOLDERS_PER_PAGE)) : LAST_PAGE;
  const current = Math.min(page, last);
  const found = await db.$queryRaw<Record<string, unknown>[]>`
    SELECT ${userColumns(model, 't')} FROM ${tableOf(model)} WHERE ${where}
    ORDER BY t.${identifier(model.columns[model.USERNAME_FIELD] ?? model.USERNAME_FIELD)}
    LIMIT ${HOLDERS_PER_PAGE + 1} OFFSET ${(current - 1) * HOLDERS_PER_PAGE}`;
  const rows = found.slice(0, HOLDERS_PER_PAGE);
  const users = rows.flatMap((row) => userOf(model, row) ?? []);
  await loadGrantsOfAll(users);
  const notes = await membershipNotes(users.map(({ id }) => id));
  const holders: Holder[] = [];
  for (const user of users) holders.push({ ...(await holderOf(user, perm)), notes });
  return { holders, count, page: current, hasNext: found.length > HOLDERS_PER_PAGE };
}

/** How many people are listed, of those who meet the conditions; exact up to 10,000. */
export async function countHolders(
  perm: string,
  { kind, conditions }: Omit<HolderListQuery, 'page'>,
): Promise<RowCount> {
  const model = getUserModel();
  const isWanted = await isOfKind(model, perm, kind);
  const where = Prisma.join([isWanted, ...conditions], ' AND ');
  return countRows({ from: tableOf(model), where });
}

function tableOf({ table }: UserModel): Prisma.Sql {
  return Prisma.sql`${identifier(table)} t`;
}

// Few are collected and sorted; of many the index on the names is followed until a page is full.
async function isOfKind(model: UserModel, perm: string, kind: HolderKind): Promise<Prisma.Sql> {
  const isSuperuser = Prisma.sql`t.${identifier(model.columns['isSuperuser'] ?? 'is_superuser')}`;
  if (kind === 'superusers') return Prisma.sql`${isSuperuser} = ${true}`;
  const holders = grantedTo(model, perm);
  const granted = await countRows({ from: Prisma.sql`(${holders}) t`, where: Prisma.sql`TRUE` });
  const id = Prisma.sql`t.${identifier(model.columns['id'] ?? 'id')}`;
  const holds = granted.isExact ? Prisma.sql`${id} IN (${holders})` : isGranted(model, perm);
  return Prisma.sql`${isSuperuser} = ${false} AND ${holds}`;
}

async function holderOf(user: User, perm: string): Promise<Omit<Holder, 'notes'>> {
  const decision = await decide(user, perm);
  if (decision.allowed) return { user, decision, sources: decision.sources };
  if (user.isSuperuser) return { user, decision, sources: [{ kind: 'superuser' }] };
  const granted = (await loadGrants(user)).permissions.get(perm);
  return { user, decision, sources: granted?.sources ?? [] };
}
