import { saveAction } from '@/app/(admin)/admin/[app]/[model]/[id]/actions';
import { formAnswer } from '@/app/(admin)/admin/[app]/[model]/[id]/form-answer';
import { wayBack } from '@/app/(admin)/admin/after-save';
import { adminOr404 } from '@/app/(admin)/admin/find-admin';
import { objectOr404 } from '@/app/(admin)/admin/find-object';
import { formPath } from '@/app/(admin)/admin/form-path';
import { listCrumbs, objectCrumbs } from '@/app/(admin)/admin/object-crumbs';
import { staffMemberRequired } from '@/app/(admin)/guards';
import { AdminPage } from '@/components/admin/admin-page';
import { Inlines } from '@/components/admin/form/inlines/inlines';
import { ObjectForm, Sections } from '@/components/admin/form/object-form';
import { Bar, SaveBar } from '@/components/admin/form/save-bar';
import { Then } from '@/components/admin/form/then';
import { ObjectPage } from '@/components/admin/object/object-page';
import { Notice } from '@/components/admin/rights/notice';
import { ReviewForm } from '@/components/admin/rights/review-form';

import { ButtonLink } from '@/components/button';
import { changeForm } from '@/lib/contrib/admin/form/change-form';
import { stepUpFor } from '@/lib/contrib/admin/form/step-up';
import { inlineForms } from '@/lib/contrib/admin/inlines/inline-view';
import { formThen } from '@/lib/contrib/admin/kept/form-then';
import { modelPermissions } from '@/lib/contrib/admin/model-permissions';
import { adminSeenBy } from '@/lib/contrib/admin/private-names';
import { KEPT } from '@/lib/contrib/admin/related/beside';
import { filledForm } from '@/lib/contrib/admin/related/filled-by-query';
import { keptForm } from '@/lib/contrib/admin/related/kept-forms';
import { strOf } from '@/lib/contrib/admin/rows';
import { stepUpFields } from '@/lib/contrib/auth/confirmations/step-up';
import { getSafeNext } from '@/lib/http/safe-url';

type Params = { app: string; model: string; id: string };

export default staffMemberRequired.page<Params>(async function ChangePage({
  request,
  params,
  searchParams,
}) {
  const { user } = request;
  const admin = adminOr404(params);
  const row = await objectOr404(user, admin, params.id);
  const { meta, options } = admin;
  const may = await modelPermissions(user, admin, row);
  const answer = formAnswer.take();
  if (answer?.kind === 'review') {
    return (
      <AdminPage
        request={request}
        title={`Review the change of ${strOf(admin, row)}`}
        lead="Nothing has been saved yet."
        crumbs={objectCrumbs(admin, row)}
      >
        <ReviewForm
          answer={answer}
          action={saveAction}
          actorId={user.id}
          fields={answer.isProofAsked ? await stepUpFields(user) : []}
        />
      </AdminPage>
    );
  }
  const seen = await adminSeenBy(admin, user);
  const locks = may.change ? await options.locks?.(row, user) : undefined;
  const canChange = may.change && locks?.form === undefined;
  const looking = { canChange, user, locks };
  const drawn = await changeForm(seen, row, looking);
  const lines = await inlineForms(seen, row, looking);
  const kept = keptForm(request.session, formPath(admin, row.id), searchParams[KEPT]);
  const entry = searchParams['_before'];
  const then = canChange ? await formThen(seen, drawn, { user, row, entry }) : null;
  const filled = { view: then?.view ?? drawn, inlines: lines };
  const asked = { user, query: searchParams, row, kept };
  const { view, inlines, sent } = await filledForm(seen, filled, asked);
  const next = getSafeNext(request, searchParams);
  const list = `/admin/${meta.appLabel}/${meta.modelName}/`;
  const filters = searchParams['_changelist_filters'];
  const title = `${canChange ? 'Change' : 'View'} ${meta.verboseName}`;
  return (
    <ObjectPage {...{ request, admin, row, title }} tab="Overview" crumbs={listCrumbs(admin)}>
      {then && <Then then={then} />}
      {canChange ? (
        <ObjectForm
          key={then ? 'then' : 'now'}
          view={view}
          inlines={inlines}
          noun={meta.verboseName}
          back={request.path}
          action={saveAction}
          hidden={{
            _model: meta.key,
            _id: String(row.id),
            ...(typeof filters === 'string' && { _changelist_filters: filters }),
            ...wayBack(next, searchParams),
          }}
          sent={answer?.state ?? sent}
          stepUp={await stepUpFor(admin, request)}
        >
          <SaveBar
            canAdd={may.add}
            canSaveAsNew={options.saveAs ?? false}
            canContinue
            deleteHref={may.delete ? `${list}${encodeURIComponent(String(row.id))}/delete/` : null}
          />
        </ObjectForm>
      ) : (
        <div className="space-y-5">
          {locks?.form !== undefined && (
            <Notice level="warning" title="You may see this, not change it." texts={[locks.form]} />
          )}
          <Sections view={view} noun={meta.verboseName} />
          <Inlines views={inlines.views} />
          <Bar>
            <ButtonLink href={list}>Close</ButtonLink>
            {may.delete && (
              <ButtonLink
                variant="quiet"
                href={`${list}${encodeURIComponent(String(row.id))}/delete/`}
                prefetch={false}
                className="text-danger! sm:ml-auto"
              >
                Delete
              </ButtonLink>
            )}
          </Bar>
        </div>
      )}
    </ObjectPage>
  );
});
