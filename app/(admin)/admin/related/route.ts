import { modelAdminOr404 } from '@/app/(admin)/admin/find-admin';
import { objectOr404 } from '@/app/(admin)/admin/find-object';
import { staffMemberRequired } from '@/app/(admin)/guards';
import { changeForm } from '@/lib/contrib/admin/form/change-form';
import { withPrefix } from '@/lib/contrib/admin/inlines/lines';
import {
  hasAddPermission,
  hasChangePermission,
  permissionDenied,
} from '@/lib/contrib/admin/model-permissions';
import { adminSeenBy } from '@/lib/contrib/admin/private-names';
import { isPlainForm, RELATED_PREFIX } from '@/lib/contrib/admin/related/related-links';
import { isSignInFresh, stepUpFields } from '@/lib/contrib/auth/confirmations/step-up';
import type { User } from '@/lib/contrib/auth/models';
import { Http404 } from '@/lib/core/exceptions';
import type { HttpRequest } from '@/lib/http/request';

/** The form of a row as a dialog beside a field draws it, or of a new one. Django: a page with _popup=1 */
export const GET = staffMemberRequired.handler(
  async (request: HttpRequest<User>, call: { request: Request }) => {
    const { user } = request;
    const query = new URL(call.request.url).searchParams;
    const admin = modelAdminOr404(query.get('model'));
    if (!isPlainForm(admin)) throw new Http404();
    const id = query.get('id');
    const row = id === null ? null : await objectOr404(user, admin, id);
    const may = row
      ? await hasChangePermission(user, admin, row)
      : await hasAddPermission(user, admin);
    if (!may) throw permissionDenied(admin, row ? 'change' : 'add');
    const seen = withPrefix(await adminSeenBy(admin, user), RELATED_PREFIX);
    const view = await changeForm(seen, row, { canChange: true });
    const stepUp = admin.options.isGrant
      ? { fields: await stepUpFields(user), isOld: !isSignInFresh(request) }
      : null;
    return Response.json({ view, stepUp }, { headers: { 'cache-control': 'no-store' } });
  },
);
