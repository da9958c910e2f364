import { loginRequired } from '@/app/(site)/guards';
import { notFoundInAdmin } from '@/components/admin/not-found-in-admin';
import { isInstalled } from '@/lib/apps/installed';
import { Http404 } from '@/lib/core/exceptions';

/** Unknown addresses are private too: a stranger learns at sign-in only that the site exists. */
export default loginRequired.page(async function UnknownPage({ request }) {
  const { user, path } = request;
  const isOfAdmin = /^\/admin(\/|$)/i.test(path) && isInstalled('admin');
  if (isOfAdmin && user.isActive && user.isStaff) return notFoundInAdmin(request);
  throw new Http404();
});
