import { guardsOf } from '@/lib/contrib/auth/decorators';
import { withNotFoundPage } from './rail/not-found';

/**
 * The guard of an app's pages in the admin: only active members of staff, other people who are signed
 * in get a 403, and so does a token, whoever owns it; and nobody while the app is out.
 * Django: contrib/admin/views/decorators.py staff_member_required
 * @example
 * export const { staffMemberRequired } = adminGuardsOf('articles');
 *
 * export const GET = staffMemberRequired.handler(async () => new Response('For staff.'));
 */
export function adminGuardsOf(label: string) {
  const staff = guardsOf(label).userPassesTest(
    ({ isActive, isStaff, attenuation }) => isActive && isStaff && attenuation === null,
    'This page is for members of staff.',
  );
  const staffMemberRequired: typeof staff = {
    ...staff,
    page: (view) => staff.page(withNotFoundPage(view)),
  };
  return { staffMemberRequired };
}
