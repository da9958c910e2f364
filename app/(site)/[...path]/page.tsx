import { loginRequired } from '@/app/(site)/guards';
import { Http404 } from '@/lib/core/exceptions';

/** Unknown addresses are private too: a stranger learns at sign-in only that the site exists. */
export default loginRequired.page(async function UnknownPage() {
  throw new Http404();
});
