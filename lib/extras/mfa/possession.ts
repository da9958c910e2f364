import type { User } from '@/lib/contrib/auth/models';
import { type UserFact, userFact } from '@/lib/contrib/auth/users/user-facts';
import { type DbClient, Prisma, type TransactionClient } from '@/lib/db/client';
import type { FactorKind } from './factors/factor-kind';
import { ALL_KINDS, factorKinds, requiredKinds } from './factors/kinds';

const AWAITS_TICKET = 'mfa.ticket';

/** What is asked of users at every sign-in: of which kinds they have a factor, and the ticket. */
export const userFacts: readonly UserFact[] = [
  ...ALL_KINDS.map((kind) => ({
    name: factOf(kind),
    holds: (userId: Prisma.Sql) => kind.exists(userId),
  })),
  {
    name: AWAITS_TICKET,
    holds: (userId) =>
      Prisma.sql`EXISTS (SELECT 1 FROM auth_enrollment_ticket WHERE user_id = ${userId})`,
  },
];

/**
 * Whether somebody has a second factor. Recovery codes alone are none. This and what follows costs no
 * statement at a sign-in, and elsewhere one for the first of all such questions in a request.
 */
export function hasFactor(user: User): Promise<boolean> {
  return hasOneOf(user, standing(factorKinds()));
}

/** Whether somebody has a second factor that satisfies settings.MFA_REQUIRED. */
export function hasRequiredFactor(user: User): Promise<boolean> {
  return hasOneOf(user, standing(requiredKinds()));
}

/** Whether somebody has a second factor that they can give in this field: a recovery code too. */
export async function canGive(user: User, field: string): Promise<boolean> {
  const kinds = factorKinds().filter((kind) => kind.field.name === field);
  return (await hasFactor(user)) && hasOneOf(user, kinds);
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

async function hasOneOf(user: User, kinds: readonly FactorKind[]): Promise<boolean> {
  for (const kind of kinds) if (await userFact(user, factOf(kind))) return true;
  return false;
}

function factOf({ name }: FactorKind): string {
  return `mfa.${name}`;
}

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
