import { db, Prisma } from '@/lib/db/client';
import { identifier } from '@/lib/db/identifiers';
import { type Decision, decide, type Source } from './explain';
import { loadGrants } from './grants';
import { grantedTo } from './holders';
import type { User } from './models';
import { getUserModel, type UserModel } from './user-model';
import { userColumns, userOf } from './user-rows';

/** Who is listed: those to whom it is granted, or the superusers, who hold everything. */
export type HolderKind = 'granted' | 'superusers';

/** One person of the list. `sources` are also told of a grant that does not count. */
export type Holder = {
  user: User;
  decision: Decision;
  sources: Source[];
};

/** One page of a list, and how long the whole is. */
export type HolderPage = { holders: Holder[]; count: number; page: number; pageCount: number };

type HolderListQuery = {
  kind: HolderKind;
  /** What else is asked of the users, whose table is known as `t`. */
  conditions: readonly Prisma.Sql[];
  /** From 1; brought into range. */
  page: number;
};

const HOLDERS_PER_PAGE = 50;

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
  const where = Prisma.join([isOfKind(model, perm, kind), ...conditions], ' AND ');
  const count = await countOf(model, where);
  const pageCount = Math.max(1, Math.ceil(count / HOLDERS_PER_PAGE));
  const current = Math.min(Math.max(1, page), pageCount);
  const rows = await db.$queryRaw<Record<string, unknown>[]>`
    SELECT ${userColumns(model, 't')} FROM ${identifier(model.table)} t WHERE ${where}
    ORDER BY t.${identifier(model.columns[model.USERNAME_FIELD] ?? model.USERNAME_FIELD)}
    LIMIT ${HOLDERS_PER_PAGE} OFFSET ${(current - 1) * HOLDERS_PER_PAGE}`;
  const holders: Holder[] = [];
  for (const row of rows) {
    const user = userOf(model, row);
    if (user) holders.push(await holderOf(user, perm));
  }
  return { holders, count, page: current, pageCount };
}

/** How many people are listed, of those who meet the conditions. One statement. */
export async function countHolders(
  perm: string,
  { kind, conditions }: Omit<HolderListQuery, 'page'>,
): Promise<number> {
  const model = getUserModel();
  return countOf(model, Prisma.join([isOfKind(model, perm, kind), ...conditions], ' AND '));
}

async function countOf(model: UserModel, where: Prisma.Sql): Promise<number> {
  const [row] = await db.$queryRaw<{ count: number | bigint }[]>`
    SELECT count(*) AS count FROM ${identifier(model.table)} t WHERE ${where}`;
  return Number(row?.count ?? 0);
}

function isOfKind(model: UserModel, perm: string, kind: HolderKind): Prisma.Sql {
  const isSuperuser = Prisma.sql`t.${identifier(model.columns['isSuperuser'] ?? 'is_superuser')}`;
  if (kind === 'superusers') return Prisma.sql`${isSuperuser} = ${true}`;
  const holders = grantedTo(model, perm);
  return Prisma.sql`${isSuperuser} = ${false} AND t.${identifier(model.columns['id'] ?? 'id')} IN (${holders})`;
}

async function holderOf(user: User, perm: string): Promise<Holder> {
  const decision = await decide(user, perm);
  if (decision.allowed) return { user, decision, sources: decision.sources };
  if (user.isSuperuser) return { user, decision, sources: [{ kind: 'superuser' }] };
  const granted = (await loadGrants(user)).permissions.get(perm);
  return { user, decision, sources: granted?.sources ?? [] };
}
