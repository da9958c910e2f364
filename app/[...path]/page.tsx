import { Http404 } from '@/lib/core/exceptions';
import { loginRequired } from '@/lib/http/decorators';

/** Unknown addresses are private too: a stranger learns at sign-in only that the site exists. */
export default loginRequired(async function UnknownPage() {
  throw new Http404();
});
