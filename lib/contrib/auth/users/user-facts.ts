import { brought } from '@/lib/apps/registry';
import type { User } from '@/lib/contrib/auth/users/user';
import { db, Prisma } from '@/lib/db/client';
import { identifier } from '@/lib/db/identifiers';

/**
 * Something that an app's own tables say of a user: that they have a second factor. It is read in the
 * statement that reads the user, so that asking for it at a sign-in or at a page costs none.
 */
export type UserFact = {
  /** `app.what`. */
  readonly name: string;
  /** The condition, of the user whose id is this. */
  holds(userId: Prisma.Sql): Prisma.Sql;
};

declare module '@/lib/apps/define-config' {
  interface AppConfig {
    /** What the app's tables say of users, read with them. */
    readonly userFacts?: readonly UserFact[];
  }
}

const PREFIX = 'fact.';

const known = new WeakMap<User, ReadonlyMap<string, boolean>>();

/** The facts for the select list of a statement that reads users, each behind a comma. */
export function factColumns(userId: Prisma.Sql): Prisma.Sql {
  const facts = brought('userFacts').map(
    ({ name, holds }) => Prisma.sql`, ${flag(holds(userId))} AS ${identifier(PREFIX + name)}`,
  );
  return facts.length === 0 ? Prisma.empty : Prisma.join(facts, '');
}

/** Keep what such a statement has read for as long as this instance of the user lives. */
export function keepFacts(user: User | null, row: Readonly<Record<string, unknown>>): void {
  if (!user) return;
  const facts = Object.entries(row)
    .filter(([name]) => name.startsWith(PREFIX))
    .map(([name, value]) => [name.slice(PREFIX.length), Number(value) === 1] as const);
  known.set(user, new Map(facts));
}

/** Forget what was read of a user, whose rows have changed. */
export function forgetFacts(user: User): void {
  known.delete(user);
}

/**
 * Whether a fact holds of a user: as it was read with them, else by one statement. False for a fact
 * that no installed app brings.
 */
export async function userFact(user: User, name: string): Promise<boolean> {
  const read = known.get(user)?.get(name);
  if (read !== undefined) return read;
  const fact = brought('userFacts').find((each) => each.name === name);
  if (!fact) return false;
  const [row] = await db.$queryRaw<{ holds: unknown }[]>`
    SELECT ${flag(fact.holds(Prisma.sql`${user.id}`))} AS holds`;
  const holds = Number(row?.holds) === 1;
  known.set(user, new Map([...(known.get(user) ?? []), [name, holds]]));
  return holds;
}

// A number, which both databases read alike.
function flag(condition: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`CASE WHEN ${condition} THEN 1 ELSE 0 END`;
}
