import {
  type AskedAction,
  AskedActionForm,
  AskedActionPage,
} from '@/components/admin/list/asked/asked-action';
import { ConfirmFields } from '@/components/admin/rights/confirm-fields';
import { ReviewEffects } from '@/components/admin/rights/review-effects';
import { ReviewNotices } from '@/components/admin/rights/review-notices';
import { Section } from '@/components/section';
import { nameOfKind } from '@/lib/contrib/admin/deletion/kind-names';
import type { ConfirmationField } from '@/lib/contrib/auth/confirmations/confirmation';
import type { Unconfirmed } from '@/lib/contrib/auth/rights/confirmation';

type Props = AskedAction & {
  unread: Unconfirmed;
  reason: string;
  isProofAsked: boolean;
  proofError: string | undefined;
  fields: readonly ConfirmationField[];
};

/** What an action on the ticked rows does to people, to be read first. */
export function ReviewAction(props: Props) {
  const { request, unread, reason, isProofAsked, proofError, fields, ...asked } = props;
  const { admin, action, query } = asked;
  const { review, notice, countError } = unread;
  const count = review.holders.length;
  const kind = nameOfKind(admin.meta.prismaName, count);
  const what = `${action.label} ${count.toLocaleString('en')} ${kind}`;
  const stepUp = { fields, isOld: true, error: proofError };
  return (
    <AskedActionPage request={request} admin={admin} query={query} what={what}>
      <div className="space-y-8">
        <ReviewNotices review={review} notice={notice} isPartial />
        <Section title="Who gains and who loses what" isWide>
          <ReviewEffects {...review} actorId={request.user.id} />
        </Section>
        <AskedActionForm {...asked} what={what} className="space-y-6 border-t border-line pt-6">
          <ConfirmFields
            review={review}
            countError={countError}
            reason={reason}
            stepUp={isProofAsked ? stepUp : null}
          />
        </AskedActionForm>
      </div>
    </AskedActionPage>
  );
}
