import { listAction } from '@/app/(admin)/admin/[app]/[model]/actions';
import { AdminPage } from '@/components/admin/admin-page';
import { ConfirmFields } from '@/components/admin/rights/confirm-fields';
import type { Place } from '@/components/admin/rights/place';
import { ReviewEffects } from '@/components/admin/rights/review-effects';
import { ReviewNotices } from '@/components/admin/rights/review-notices';
import { ButtonLink } from '@/components/button';
import { SubmitButton } from '@/components/forms/submit-button';
import { Section } from '@/components/section';
import { SendingForm } from '@/components/sending/sending-form';
import type { OfferedAction } from '@/lib/contrib/admin/actions';
import { nameOfKind } from '@/lib/contrib/admin/deletion/kind-names';
import { listHref } from '@/lib/contrib/admin/list/list-address';
import type { ModelAdmin } from '@/lib/contrib/admin/options';
import type { ConfirmationField } from '@/lib/contrib/auth/confirmations/confirmation';
import type { User } from '@/lib/contrib/auth/models';
import type { Unconfirmed } from '@/lib/contrib/auth/rights/confirmation';
import { capfirst } from '@/lib/core/text';
import type { RowId } from '@/lib/forms/row-id';
import type { HttpRequest } from '@/lib/http/request';

type Props = {
  request: HttpRequest<User>;
  admin: ModelAdmin;
  action: Pick<OfferedAction, 'name' | 'label'>;
  ids: readonly RowId[];
  place?: Place;
  chosen: string;
  query: string;
  unread: Unconfirmed;
  reason: string;
  isProofAsked: boolean;
  proofError: string | undefined;
  fields: readonly ConfirmationField[];
};

/** What an action on the ticked rows does to people, to be read first. Its form is the list's own. */
export function ReviewAction({
  request,
  admin,
  action,
  ids,
  query,
  unread,
  place,
  ...answer
}: Props) {
  const { meta } = admin;
  const { review, notice, countError } = unread;
  const count = review.holders.length;
  const what = `${action.label} ${count.toLocaleString('en')} ${nameOfKind(meta.prismaName, count)}`;
  const stepUp = { fields: answer.fields, isOld: true, error: answer.proofError };
  return (
    <AdminPage
      request={request}
      title={`${what}?`}
      crumbs={[
        { label: meta.appVerboseName, href: `/admin/${meta.appLabel}/` },
        { label: capfirst(meta.verboseNamePlural), href: listHref(meta, query) },
      ]}
      lead="Nothing has been done yet."
    >
      <div className="space-y-8">
        <ReviewNotices review={review} notice={notice} isPartial />
        <Section title="Who gains and who loses what" isWide>
          <ReviewEffects {...review} actorId={request.user.id} />
        </Section>
        <SendingForm
          action={place?.send ?? listAction}
          className="space-y-6 border-t border-line pt-6"
          failed="Nothing is done"
        >
          <input type="hidden" name="_model" value={meta.key} />
          <input type="hidden" name="_query" value={query} />
          {Object.entries(place?.carried ?? {}).map(([name, value]) => (
            <input key={name} type="hidden" name={name} value={value} />
          ))}
          <input type="hidden" name="_selected_action" value={ids.join(',')} />
          <input type="hidden" name="action" value={action.name} />
          <input type="hidden" name="_chosen" value={answer.chosen} />
          <ConfirmFields
            review={review}
            countError={countError}
            reason={answer.reason}
            stepUp={answer.isProofAsked ? stepUp : null}
          />
          <div className="flex flex-wrap gap-2">
            <SubmitButton>{what}</SubmitButton>
            <ButtonLink href={place?.back ?? listHref(meta, query)} prefetch={false}>
              No, take me back
            </ButtonLink>
          </div>
        </SendingForm>
      </div>
    </AdminPage>
  );
}
