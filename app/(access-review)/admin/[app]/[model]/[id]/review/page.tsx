import { confirmHoldersAction } from '@/app/(access-review)/admin/[app]/[model]/[id]/review/actions';
import { subjectOr404 } from '@/app/(access-review)/admin/[app]/[model]/[id]/review/asked';
import { staffMemberRequired } from '@/app/(access-review)/guards';
import { objectCrumbs } from '@/app/(admin)/admin/object-crumbs';
import { ConfirmHolders } from '@/components/access-review/confirm-holders';
import { HoldersSince } from '@/components/access-review/holders-since';
import { PastReviews } from '@/components/access-review/past-reviews';
import { AdminPage } from '@/components/admin/admin-page';
import { DocumentLink } from '@/components/button';
import { Section } from '@/components/section';
import { TextLink } from '@/components/text-link';
import { isInstalled } from '@/lib/apps/installed';
import { settings } from '@/lib/conf/settings';
import { standingOf } from '@/lib/extras/access-review/reviews';
import { reviewPath } from '@/lib/extras/access-review/subject';

type Params = { app: string; model: string; id: string };

export default staffMemberRequired.page<Params>(async function AccessReviewPage({
  request,
  params,
}) {
  const { user } = request;
  const model = `${params.app}.${params.model}`;
  const { admin, row, subject } = await subjectOr404(user, model, params.id);
  const { reviews, count, digest, since } = await standingOf(subject);
  const isGroup = subject.kind === 'group';
  const mayConfirm = await user.hasPerm('access_review.add_accessreview');
  const most = settings.ACCESS_REVIEW_MOST.toLocaleString('en');
  const people = `/admin/auth/${subject.kind}/${subject.id}/${isGroup ? 'members' : 'holders'}/`;
  return (
    <AdminPage
      request={request}
      title={`Access review of ${subject.name}`}
      lead={
        isGroup
          ? 'Whoever confirms says that the people in this group belong there.'
          : 'Whoever confirms says that those who hold this permission need it, whatever gives it to them.'
      }
      crumbs={objectCrumbs(admin, row)}
      actions={
        <DocumentLink variant="quiet" href={`${reviewPath(subject)}export/`}>
          {isGroup ? 'Members as CSV' : 'Holders as CSV'}
        </DocumentLink>
      }
    >
      <div className="max-w-4xl space-y-8">
        <Section title="Now">
          <p>
            {nowWords(count, { most, isGroup })}{' '}
            {(isGroup || isInstalled('why')) && (
              <TextLink href={people} prefetch={false}>
                Show them
              </TextLink>
            )}
          </p>
        </Section>
        {since && reviews[0] && <HoldersSince since={since} last={reviews[0]} />}
        {mayConfirm && (
          <Section title="Confirm">
            {count === null ? (
              <p className="text-muted">
                Nobody reads the names of more than {most} people. Give it through smaller groups,
                and confirm these.
              </p>
            ) : (
              <ConfirmHolders
                action={confirmHoldersAction}
                model={model}
                id={subject.id}
                count={count}
                isGroup={isGroup}
                digest={digest}
              />
            )}
          </Section>
        )}
        <Section title="Confirmed before">
          <PastReviews reviews={reviews} />
        </Section>
      </div>
    </AdminPage>
  );
});

type Told = { most: string; isGroup: boolean };

function nowWords(count: number | null, { most, isGroup }: Told): string {
  const who = numbered(count, most);
  return isGroup
    ? `${who} in it, for good or for a time. Whoever is inactive counts too.`
    : `${who} holding it, directly, through a group or for a time. Whoever is inactive counts too.`;
}

function numbered(count: number | null, most: string): string {
  if (count === null) return `More than ${most} people are`;
  if (count === 0) return 'Nobody is';
  return count === 1 ? 'One person is' : `${count.toLocaleString('en')} people are`;
}
