import type { ListFilter } from '@/lib/contrib/admin/options';
import { getUserModel } from '@/lib/contrib/auth/users/user-model';
import { userColumn } from '@/lib/contrib/auth/users/user-table';
import { Prisma } from '@/lib/db/client';

/** The parameter of the filter. */
export const LAST_SIGN_IN = 'last_sign_in';

/** After so many days without a sign-in somebody may have left. */
export const LONG_AGO_DAYS = 90;

/** Whether the user model knows when somebody signed in last. */
export function hasSignInTimes(model = getUserModel()): boolean {
  return 'lastLogin' in model.columns;
}

/**
 * The condition that the last sign-in was before a moment, or null: never. The index of active people,
 * staff and sign-ins answers each; whether somebody is of the staff is asked in either way for it.
 */
export function lastSignInBefore(since: Date | null, alias?: string): Prisma.Sql {
  const column = userColumn('lastLogin', alias);
  const staff = userColumn('isStaff', alias);
  return since === null
    ? Prisma.sql`${staff} IN (${true}, ${false}) AND ${column} IS NULL`
    : Prisma.sql`${column} < ${since}`;
}

/**
 * Who has never signed in, and who has not for ninety days, never included.
 * Django: a SimpleListFilter
 */
export const lastSignInFilter: ListFilter = {
  parameter: LAST_SIGN_IN,
  title: 'last sign-in',
  choices: async () => [
    ['never', 'Never'],
    [String(LONG_AGO_DAYS), `Not for ${LONG_AGO_DAYS} days`],
  ],
  condition(value) {
    const never = lastSignInBefore(null, 't');
    if (value === 'never') return never;
    if (value !== String(LONG_AGO_DAYS)) return null;
    const since = new Date(Date.now() - LONG_AGO_DAYS * 86_400_000);
    return Prisma.sql`${lastSignInBefore(since, 't')} OR ${never}`;
  },
};
