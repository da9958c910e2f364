import { loginNotRequired } from '@/app/(mfa)/guards';
import { settings } from '@/lib/conf/settings';
import { Http404 } from '@/lib/core/exceptions';
import { heldCodes } from '@/lib/extras/mfa/enrolment/new-recovery-codes';
import { whoKeepsCodes } from '@/lib/extras/mfa/who';

/** The codes that the page shows, as a file; by POST, so that no address and no cache has them. */
export const POST = loginNotRequired.handler(async (request) => {
  const user = await whoKeepsCodes(request);
  const codes = await heldCodes(request, user);
  if (!codes) throw new Http404();
  const title = `Recovery codes of ${user.username} at ${settings.SITE_NAME}. Each is good once.`;
  return new Response(`${[title, '', ...codes].join('\r\n')}\r\n`, {
    headers: {
      'content-type': 'text/plain; charset=utf-8',
      'content-disposition': 'attachment; filename="recovery-codes.txt"',
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
    },
  });
});
