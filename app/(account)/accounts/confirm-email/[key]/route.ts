import { loginNotRequired } from '@/app/(account)/guards';
import { openLink } from '@/app/(account)/opened-link';
import { LINKS } from '@/lib/extras/account/links/link-cookies';
import type { HttpRequest } from '@/lib/http/request';

export const GET = loginNotRequired.handler(
  (request: HttpRequest, { params: { key } }: { params: { key: string } }) =>
    openLink(request, LINKS.confirmEmail, key),
);
