import { brought } from '@/lib/apps/registry';
import type { User } from '@/lib/contrib/auth/users/user';
import { db, Prisma } from '@/lib/db/client';
import { identifier } from '@/lib/db/identifiers';

/**
 * Something that an app's own tables say of a user: that they have a second factor. All are read in the
 * statement that finds a user, so that asking for one at a sign-in costs none. With a session they are
 * not: there the first one that is asked for reads all of them, by one statement.
 */
export type UserFact = {
  /** `app.what`. */
  readonly name: string;
  /** The condition, of the user whose id is this. */
  holds(userId: Prisma.Sql): Prisma.Sql;
};

declare module '@/lib/apps/define-config' {
  interface AppConfig {
    /** What the app's tables say of users, read with them where they are found, else when asked for. */
    readonly userFacts?: readonly UserFact[];
  }
}

const PREFIX = 'fact.';

type Facts = ReadonlyMap<string, boolean>;

// Promises, so that those who ask at once share one statement.
const known = new WeakMap<User, Promise<Facts>>();

/** The facts for the select list of a statement that finds users, each behind a comma. */
export function factColumns(userId: Prisma.Sql): Prisma.Sql {
  const facts = brought('userFacts').map(
    ({ name, holds }) => Prisma.sql`, ${flag(holds(userId))} AS ${identifier(PREFIX + name)}`,
  );
  return facts.length === 0 ? Prisma.empty : Prisma.join(facts, '');
}

/** Keep the facts that such a statement has read for as long as this instance of the user lives. */
export function keepFacts(user: User | null, row: Readonly<Record<string, unknown>>): void {
  if (user) known.set(user, Promise.resolve(factsIn(row)));
}

/** Forget what was read of a user, whose rows have changed. */
export function forgetFacts(user: User): void {
  known.delete(user);
}

/**
 * Whether a fact holds of a user, as it was read with them or at the first question about this instance
 * of them, which costs one statement for all facts. False for a fact that no installed app brings.
 */
export async function userFact(user: User, name: string): Promise<boolean> {
  return (await (known.get(user) ?? readFacts(user))).get(name) ?? false;
}

function readFacts(user: User): Promise<Facts> {
  const reading = db.$queryRaw<Record<string, unknown>[]>`
    SELECT 1 AS one ${factColumns(Prisma.sql`${user.id}`)}`.then(([row = {}]) => factsIn(row));
  known.set(user, reading);
  // What could not be read is asked for again.
  reading.catch(() => known.get(user) === reading && known.delete(user));
  return reading;
}

function factsIn(row: Readonly<Record<string, unknown>>): Facts {
  const facts = Object.entries(row).filter(([name]) => name.startsWith(PREFIX));
  return new Map(facts.map(([name, value]) => [name.slice(PREFIX.length), Number(value) === 1]));
}

// A number, which both databases read alike.
function flag(condition: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`CASE WHEN ${condition} THEN 1 ELSE 0 END`;
}
