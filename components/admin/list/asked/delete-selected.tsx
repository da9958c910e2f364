import { listAction } from '@/app/(admin)/admin/[app]/[model]/actions';
import { AdminPage } from '@/components/admin/admin-page';
import { DeletionSummary } from '@/components/admin/deletion-summary';
import { ConfirmFields } from '@/components/admin/rights/confirm-fields';
import { Notice } from '@/components/admin/rights/notice';
import { ButtonLink } from '@/components/button';
import { SubmitButton } from '@/components/forms/submit-button';
import { SendingForm } from '@/components/sending/sending-form';
import { DELETE_SELECTED } from '@/lib/contrib/admin/actions';
import type { Deletion } from '@/lib/contrib/admin/deletion/deletion';
import { listHref } from '@/lib/contrib/admin/list/list-address';
import type { ModelAdmin } from '@/lib/contrib/admin/options';
import type { User } from '@/lib/contrib/auth/models';
import { capfirst } from '@/lib/core/text';
import type { RowId } from '@/lib/forms/row-id';
import type { HttpRequest } from '@/lib/http/request';

type Props = {
  request: HttpRequest<User>;
  admin: ModelAdmin;
  deletion: Deletion;
  ids: readonly RowId[];
  query: string;
  notice?: string;
  countError?: string;
  reason: string;
};

/** Asks whether the ticked rows are meant to go. Its form is the list's own, with `post` in it. */
export function DeleteSelected({ request, admin, deletion, ids, query, ...answer }: Props) {
  const { meta } = admin;
  const [own] = deletion.counts;
  const what = `${deletion.count.toLocaleString('en')} ${own?.name ?? meta.verboseNamePlural}`;
  const isRefused = deletion.refusals.length > 0 || deletion.permsNeeded.length > 0;
  return (
    <AdminPage
      request={request}
      title={isRefused ? `Cannot delete ${what}` : `Delete ${what}?`}
      crumbs={[
        { label: meta.appVerboseName, href: `/admin/${meta.appLabel}/` },
        { label: capfirst(meta.verboseNamePlural), href: listHref(meta, query) },
      ]}
      lead={isRefused ? undefined : 'This cannot be undone.'}
    >
      <div className="max-w-3xl space-y-6">
        {answer.notice && <Notice level="danger" title={answer.notice} texts={[]} />}
        <DeletionSummary deletion={deletion} actorId={request.user.id} />
        <SendingForm action={listAction} failed="Nothing is deleted" className="space-y-6">
          <input type="hidden" name="_model" value={meta.key} />
          <input type="hidden" name="_query" value={query} />
          <input type="hidden" name="_selected_action" value={ids.join(',')} />
          <input type="hidden" name="action" value={DELETE_SELECTED} />
          <input type="hidden" name="post" value="yes" />
          {!isRefused && deletion.review && (
            <ConfirmFields
              review={deletion.review}
              countError={answer.countError}
              reason={answer.reason}
              stepUp={null}
            />
          )}
          <div className="flex flex-wrap gap-2">
            {!isRefused && <SubmitButton className="bg-danger!">Delete {what}</SubmitButton>}
            <ButtonLink href={listHref(meta, query)} prefetch={false}>
              {isRefused ? 'Back to the list' : 'No, take me back'}
            </ButtonLink>
          </div>
        </SendingForm>
      </div>
    </AdminPage>
  );
}
