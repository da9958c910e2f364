import { loginNotRequired } from '@/app/(account)/guards';
import { openLink } from '@/app/(account)/opened-link';
import { LINKS } from '@/lib/extras/account/links/link-cookies';
import { requireOpen } from '@/lib/extras/account/open';
import type { HttpRequest } from '@/lib/http/request';

export const GET = loginNotRequired.handler(
  async (request: HttpRequest, { params: { key } }: { params: { key: string } }) => {
    requireOpen('ACCOUNT_SIGNUP_ENABLED');
    return openLink(request, LINKS.signup, key);
  },
);
