import { boundedCounts, counted } from '@/lib/contrib/admin/home/bounded-counts';
import type { HomeFigure, HomeNotice, HomePart } from '@/lib/contrib/admin/home/home-parts';
import { hasNoMember, isGivenToNobody } from '@/lib/contrib/auth/admin/unused';
import { Prisma } from '@/lib/db/client';

/** How many groups there are. */
export const groupsHome: HomePart = { models: ['auth.group'], figures: groupFigures };

/** Groups without members: it tells who is in them, that nobody is. */
export const membersHome: HomePart = {
  models: ['auth.group', 'auth.user'],
  attention: emptyGroups,
};

/** Permissions that only superusers hold. */
export const permissionsHome: HomePart = {
  models: ['auth.permission', 'auth.group', 'auth.user'],
  attention: unusedPermissions,
};

async function groupFigures(): Promise<HomeFigure[]> {
  const [count] = await boundedCounts([Prisma.sql`auth_group`]);
  return count ? [{ label: 'Groups', count, href: '/admin/auth/group/' }] : [];
}

async function emptyGroups(): Promise<HomeNotice[]> {
  const [count] = await boundedCounts([Prisma.sql`auth_group AS t WHERE ${hasNoMember('t')}`]);
  if (!count || count.value === 0) return [];
  const text = `${counted(count, 'group has', 'groups have')} no members`;
  return [{ text, href: '/admin/auth/group/?members=none' }];
}

async function unusedPermissions(): Promise<HomeNotice[]> {
  const unused = Prisma.sql`auth_permission AS t WHERE ${isGivenToNobody('t')}`;
  const [count] = await boundedCounts([unused]);
  if (!count || count.value === 0) return [];
  const text = `${counted(count, 'permission was', 'permissions were')} given to nobody`;
  return [{ text, href: '/admin/auth/permission/?given_to=none' }];
}
