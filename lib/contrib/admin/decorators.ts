import { userPassesTest } from '@/lib/contrib/auth/decorators';

/**
 * Guard an entry point: only active members of staff; other people who are signed in get a 403.
 * Django: contrib/admin/views/decorators.py staff_member_required
 */
export const staffMemberRequired = userPassesTest(
  ({ isActive, isStaff }) => isActive && isStaff,
  'This page is for members of staff.',
);
