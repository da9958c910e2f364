import type { User } from '@/lib/contrib/auth/models';
import { type UserFact, userFact } from '@/lib/contrib/auth/users/user-facts';
import { Prisma, type TransactionClient } from '@/lib/db/client';
import { factorKinds } from './factors/kinds';

const HAS_FACTOR = 'mfa.factor';
const AWAITS_TICKET = 'mfa.ticket';

/** The kinds of which one makes a second factor by itself. */
function standingKinds() {
  return factorKinds().filter(({ standsAlone }) => standsAlone);
}

/** What is asked of users at every sign-in, and read with them. */
export const userFacts: readonly UserFact[] = [
  {
    name: HAS_FACTOR,
    holds(userId) {
      const exist = standingKinds().map((kind) => kind.exists(userId));
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

/** How many second factors somebody has now, for a transaction that has locked them. */
export async function countFactors(tx: TransactionClient, userId: number): Promise<number> {
  let count = 0;
  for (const kind of standingKinds()) count += (await kind.factorsOf(userId, tx)).length;
  return count;
}

/** Whether somebody's factors were reset, so that they set up none without the ticket they were given. */
export function awaitsTicket(user: User): Promise<boolean> {
  return userFact(user, AWAITS_TICKET);
}

/** The proofs that are a second factor. */
export function factorMethods(): string[] {
  return factorKinds().map(({ method }) => method);
}

/** The proof that a session keeps of a trusted browser: in the place of a factor, and none. */
export const TRUSTED_BROWSER = 'trusted_browser';
