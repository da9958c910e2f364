import { boundedCounts, counted } from '@/lib/contrib/admin/home/bounded-counts';
import type { HomeFigure, HomeNotice, HomePart } from '@/lib/contrib/admin/home/home-parts';
import { countTable } from '@/lib/contrib/admin/list/table-count';
import { hasAddPermission } from '@/lib/contrib/admin/model-permissions';
import {
  hasSignInTimes,
  LAST_SIGN_IN,
  LONG_AGO_DAYS,
  lastSignInBefore,
} from '@/lib/contrib/auth/admin/people/last-sign-in';
import { userAdmin } from '@/lib/contrib/auth/admin/user';
import { getUserModel } from '@/lib/contrib/auth/users/user-model';
import { userAdminPath } from '@/lib/contrib/auth/users/user-path';
import { userColumn, userTable } from '@/lib/contrib/auth/users/user-table';
import { Prisma } from '@/lib/db/client';

/** How many people there are, and whom somebody ought to look at. */
export const peopleHome: HomePart = {
  models: ['auth.user'],
  figures: peopleFigures,
  attention: peopleNotices,
  deeds: async ({ user }) =>
    (await hasAddPermission(user, userAdmin()))
      ? [{ text: 'Add a person', href: userAdminPath('add/'), order: 20 }]
      : [],
  steps: async ({ user }) =>
    (await hasAddPermission(user, userAdmin()))
      ? [{ text: 'Add a person', href: userAdminPath('add/'), order: 10 }]
      : [],
};

async function peopleFigures(): Promise<HomeFigure[]> {
  const all = { value: await countTable(getUserModel().table), isExact: true };
  const [inactive = none, never = none] = await boundedCounts([
    people(Prisma.sql`${userColumn('isActive')} = ${false}`),
    ...(hasSignInTimes() ? [activePeople(lastSignInBefore(null))] : []),
  ]);
  return [
    { label: 'People', count: all, href: userAdminPath() },
    { label: 'Inactive', count: inactive, href: userAdminPath('?is_active__exact=0') },
    ...(hasSignInTimes()
      ? [
          {
            label: 'Never signed in',
            count: never,
            href: userAdminPath(`?is_active__exact=1&${LAST_SIGN_IN}=never`),
          },
        ]
      : []),
  ];
}

async function peopleNotices(): Promise<HomeNotice[]> {
  const since = new Date(Date.now() - LONG_AGO_DAYS * 86_400_000);
  const isStaff = Prisma.sql`${userColumn('isStaff')} = ${true}`;
  const [superusers = none, staff = none, neverStaff = none] = await boundedCounts([
    people(Prisma.sql`${userColumn('isSuperuser')} = ${true}`),
    // Two ranges of an index, where one condition for both would be a search through all staff.
    ...(hasSignInTimes()
      ? [
          activePeople(Prisma.sql`${isStaff} AND ${lastSignInBefore(since)}`),
          activePeople(Prisma.sql`${isStaff} AND ${lastSignInBefore(null)}`),
        ]
      : []),
  ]);
  const away = {
    value: staff.value + neverStaff.value,
    isExact: staff.isExact && neverStaff.isExact,
  };
  return [
    ...(superusers.value > 0
      ? [
          {
            text: `${counted(superusers, 'superuser')} may do everything`,
            href: userAdminPath('?is_superuser__exact=1'),
          },
        ]
      : []),
    ...(away.value > 0
      ? [
          {
            text: `${counted(away, 'member of staff has', 'members of staff have')} not signed in for ${LONG_AGO_DAYS} days`,
            href: userAdminPath(
              `?is_active__exact=1&is_staff__exact=1&${LAST_SIGN_IN}=${LONG_AGO_DAYS}`,
            ),
          },
        ]
      : []),
  ];
}

const none = { value: 0, isExact: true };

function people(condition: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`${userTable()} WHERE ${condition}`;
}

function activePeople(condition: Prisma.Sql): Prisma.Sql {
  return people(Prisma.sql`${userColumn('isActive')} = ${true} AND ${condition}`);
}
