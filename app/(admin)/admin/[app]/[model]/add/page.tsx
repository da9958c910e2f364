import { saveAction } from '@/app/(admin)/admin/[app]/[model]/[id]/actions';
import { wayBack } from '@/app/(admin)/admin/after-save';
import { AddUser } from '@/app/(admin)/admin/auth/user/add-user';
import { requireAddUser } from '@/app/(admin)/admin/auth/user/find-user';
import { adminOr404 } from '@/app/(admin)/admin/find-admin';
import { formPath } from '@/app/(admin)/admin/form-path';
import { listCrumbs } from '@/app/(admin)/admin/object-crumbs';
import { staffMemberRequired } from '@/app/(admin)/guards';
import { AdminPage } from '@/components/admin/admin-page';
import { ObjectForm } from '@/components/admin/form/object-form';
import { SaveBar } from '@/components/admin/form/save-bar';
import { changeForm } from '@/lib/contrib/admin/form/change-form';
import { stepUpFor } from '@/lib/contrib/admin/form/step-up';
import { inlineForms } from '@/lib/contrib/admin/inlines/inline-view';
import {
  hasAddPermission,
  hasViewPermission,
  permissionDenied,
} from '@/lib/contrib/admin/model-permissions';
import { adminSeenBy } from '@/lib/contrib/admin/private-names';
import { KEPT } from '@/lib/contrib/admin/related/beside';
import { filledForm } from '@/lib/contrib/admin/related/filled-by-query';
import { keptForm } from '@/lib/contrib/admin/related/kept-forms';
import { userModelKey } from '@/lib/contrib/auth/users/user-path';
import { Http404 } from '@/lib/core/exceptions';
import { getSafeNext } from '@/lib/http/safe-url';

type Params = { app: string; model: string };

export default staffMemberRequired.page<Params>(async function AddPage({
  request,
  params,
  searchParams,
}) {
  const { user } = request;
  const admin = adminOr404(params);
  const { meta, options } = admin;
  if (meta.key === userModelKey()) {
    await requireAddUser(user);
    return <AddUser request={request} />;
  }
  if (options.hasOwnAddPage) throw new Http404();
  if (!(await hasAddPermission(user, admin))) throw permissionDenied(admin, 'add');
  const seen = await adminSeenBy(admin, user);
  const locks = await options.locks?.(null, user);
  const drawn = await changeForm(seen, null, { canChange: true, user, locks });
  const lines = await inlineForms(seen, null, { canChange: true, user });
  const kept = keptForm(request.session, formPath(admin, null), searchParams[KEPT]);
  const asked = { user, query: searchParams, row: null, kept };
  const { view, inlines, sent } = await filledForm(seen, { view: drawn, inlines: lines }, asked);
  const next = getSafeNext(request, searchParams);
  const filters = searchParams['_changelist_filters'];
  return (
    <AdminPage request={request} title={`Add ${meta.verboseName}`} crumbs={listCrumbs(admin)}>
      <ObjectForm
        view={view}
        inlines={inlines}
        noun={meta.verboseName}
        back={request.path}
        action={saveAction}
        hidden={{
          _model: meta.key,
          ...(typeof filters === 'string' && { _changelist_filters: filters }),
          ...wayBack(next, searchParams),
        }}
        sent={sent}
        stepUp={await stepUpFor(admin, request)}
      >
        <SaveBar canAdd canContinue={await hasViewPermission(user, admin)} deleteHref={null} />
      </ObjectForm>
    </AdminPage>
  );
});
