import { loginRequired } from '@/app/(admin)/guards';
import { notFoundInAdmin } from '@/components/admin/not-found-in-admin';
import { Http404 } from '@/lib/core/exceptions';

/** What no page of the admin answers: for its staff the rail stays beside it. */
export default loginRequired.page(async function UnknownAdminPage({ request }) {
  const { user } = request;
  if (user.isActive && user.isStaff) return notFoundInAdmin(request);
  throw new Http404();
});
