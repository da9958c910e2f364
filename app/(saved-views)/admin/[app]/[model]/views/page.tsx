import { adminOr404 } from '@/app/(admin)/admin/find-admin';
import { listCrumbs } from '@/app/(admin)/admin/object-crumbs';
import {
  deleteViewAction,
  saveViewAction,
} from '@/app/(saved-views)/admin/[app]/[model]/views/actions';
import { staffMemberRequired } from '@/app/(saved-views)/guards';
import { AdminPage } from '@/components/admin/admin-page';
import { ButtonLink } from '@/components/button';
import { ActionForm } from '@/components/forms/action-form';
import { SubmitButton } from '@/components/forms/submit-button';
import { TextField } from '@/components/forms/text-field';
import { ViewList } from '@/components/saved-views/view-list';
import { Section } from '@/components/section';
import { listHref, searchParamsOf } from '@/lib/contrib/admin/list/list-address';
import { hasViewPermission, permissionDenied } from '@/lib/contrib/admin/model-permissions';
import { isViewQuery, viewQuery } from '@/lib/extras/saved-views/list-views';
import { savedViews } from '@/lib/extras/saved-views/saved-views';

type Params = { app: string; model: string };

export default staffMemberRequired.page<Params>(async function ViewsPage({
  request,
  params,
  searchParams,
}) {
  const { user } = request;
  const admin = adminOr404(params);
  if (!(await hasViewPermission(user, admin))) throw permissionDenied(admin, 'view');
  const { meta } = admin;
  const views = await savedViews(user, admin);
  const query = viewQuery(searchParamsOf(searchParams));
  const isNew = await isViewQuery(user, admin, query);
  return (
    <AdminPage
      request={request}
      title={`Your views of ${meta.verboseNamePlural}`}
      lead="A view keeps search, filters, order and columns under a name. Only you see it."
      crumbs={listCrumbs(admin)}
    >
      <div className="max-w-2xl space-y-8">
        {isNew && (
          <Section title="Save this view">
            <ActionForm action={saveViewAction} failed="Nothing is saved" notice="inside">
              <input type="hidden" name="_model" value={meta.key} />
              <input type="hidden" name="_query" value={query} />
              <TextField name="name" label="Name" dir="auto" autoComplete="off" isFirst />
              <div className="flex gap-2">
                <SubmitButton>Save view</SubmitButton>
                <ButtonLink variant="quiet" href={listHref(meta, query)} prefetch={false}>
                  Cancel
                </ButtonLink>
              </div>
            </ActionForm>
          </Section>
        )}
        <Section title="Saved">
          {views.length === 0 ? (
            <p className="text-muted">
              You have saved none yet. Search or filter the list, then choose “Save this view”.
            </p>
          ) : (
            <ViewList meta={meta} views={views} remove={deleteViewAction} />
          )}
        </Section>
      </div>
    </AdminPage>
  );
});
