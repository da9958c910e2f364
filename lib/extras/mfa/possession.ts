import type { User } from '@/lib/contrib/auth/models';
import { type UserFact, userFact } from '@/lib/contrib/auth/users/user-facts';
import { type DbClient, db, Prisma, type TransactionClient } from '@/lib/db/client';
import type { FactorKind } from './factors/factor-kind';
import { factorKinds, requiredKinds } from './factors/kinds';

const HAS_FACTOR = 'mfa.factor';
const AWAITS_TICKET = 'mfa.ticket';

/** What is asked of users at every sign-in, and read with them. */
export const userFacts: readonly UserFact[] = [
  {
    name: HAS_FACTOR,
    holds(userId) {
      const exist = standing(factorKinds()).map((kind) => kind.exists(userId));
      return exist.length === 0 ? Prisma.sql`1 = 0` : Prisma.sql`(${Prisma.join(exist, ' OR ')})`;
    },
  },
  {
    name: AWAITS_TICKET,
    holds: (userId) =>
      Prisma.sql`EXISTS (SELECT 1 FROM auth_enrollment_ticket WHERE user_id = ${userId})`,
  },
];

/** Whether somebody has a second factor, as it was read with them. Recovery codes alone are none. */
export function hasFactor(user: User): Promise<boolean> {
  return userFact(user, HAS_FACTOR);
}

/**
 * Whether somebody has a second factor that satisfies settings.MFA_REQUIRED. Costs no statement, or one
 * for each kind where MFA_REQUIRED_TYPES says which these are.
 */
export async function hasRequiredFactor(user: User): Promise<boolean> {
  const kinds = standing(requiredKinds());
  if (kinds.length === standing(factorKinds()).length) return hasFactor(user);
  return (await countOf(db, user.id, kinds)) > 0;
}

/** How many second factors somebody has now, for a transaction that has locked them. */
export function countFactors(tx: TransactionClient, userId: number): Promise<number> {
  return countOf(tx, userId, standing(factorKinds()));
}

/** The same of those that satisfy settings.MFA_REQUIRED. */
export function countRequiredFactors(tx: TransactionClient, userId: number): Promise<number> {
  return countOf(tx, userId, standing(requiredKinds()));
}

/** Whether somebody's factors were reset, so that they set up none without the ticket they were given. */
export function awaitsTicket(user: User): Promise<boolean> {
  return userFact(user, AWAITS_TICKET);
}

/** The proofs that are a second factor. */
export function factorMethods(): string[] {
  return factorKinds().map(({ method }) => method);
}

/** Those of them that satisfy settings.MFA_REQUIRED. */
export function requiredMethods(): string[] {
  return requiredKinds().map(({ method }) => method);
}

/** The proof that a session keeps of a trusted browser: in the place of a factor, and none. */
export const TRUSTED_BROWSER = 'trusted_browser';

// Of these one makes a second factor by itself.
function standing(kinds: readonly FactorKind[]): FactorKind[] {
  return kinds.filter(({ standsAlone }) => standsAlone);
}

async function countOf(
  client: DbClient,
  userId: number,
  kinds: readonly FactorKind[],
): Promise<number> {
  let count = 0;
  for (const kind of kinds) count += (await kind.factorsOf(userId, client)).length;
  return count;
}
