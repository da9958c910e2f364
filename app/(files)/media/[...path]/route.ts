import { loginRequired } from '@/app/(files)/guards';
import type { User } from '@/lib/contrib/auth/models';
import { Http404 } from '@/lib/core/exceptions';
import { deliverFile } from '@/lib/extras/files/deliver';
import { mayHaveFile } from '@/lib/extras/files/viewers';
import type { HttpRequest } from '@/lib/http/request';
import { adminSite } from '@/lib/site/admins';

type Call = { request: Request; params: { path: string[] } };

/** A file that somebody uploaded, for whoever may see the row that names it. */
export const GET = loginRequired.handler(async ({ user }: HttpRequest<User>, { request }: Call) => {
  const name = nameIn(request.url);
  // One that is there and not for them is told from none by nothing.
  if (!(await mayHaveFile(adminSite, user, name))) throw new Http404();
  return deliverFile(name, request);
});

function nameIn(url: string): string {
  const [, name = ''] = /^\/media\/(.*?)\/?$/s.exec(new URL(url).pathname) ?? [];
  try {
    return decodeURIComponent(name);
  } catch {
    return '';
  }
}
