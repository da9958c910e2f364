import { requireUserAddress } from '@/app/(admin)/admin/auth/user/find-user';
import { modelAdminOr404 } from '@/app/(admin)/admin/find-admin';
import { objectOr404 } from '@/app/(admin)/admin/find-object';
import { listCrumbs } from '@/app/(admin)/admin/object-crumbs';
import { staffMemberRequired } from '@/app/(security-log)/guards';
import { ObjectPage } from '@/components/admin/object/object-page';
import { TimelineList } from '@/components/security-log/timeline-list';
import { TextLink } from '@/components/text-link';
import { hasViewPermission, permissionDenied } from '@/lib/contrib/admin/model-permissions';
import { userModelKey } from '@/lib/contrib/auth/users/user-path';
import { securityLogAdmin } from '@/lib/extras/security-log/admin';
import { timelineOf } from '@/lib/extras/security-log/timeline';
import { parseId } from '@/lib/forms/fields';
import { queryText } from '@/lib/http/search-params';

type Params = { app: string; model: string; id: string };

export default staffMemberRequired.page<Params>(async function ActivityPage({
  request,
  params,
  searchParams,
}) {
  requireUserAddress(params);
  const { user } = request;
  const admin = modelAdminOr404(userModelKey());
  const row = await objectOr404(user, admin, params.id);
  if (!(await hasViewPermission(user, securityLogAdmin))) {
    throw permissionDenied(securityLogAdmin, 'view');
  }
  const before = parseId(queryText(searchParams, 'before'));
  const { entries, older } = await timelineOf(user, Number(row.id), before);
  return (
    <ObjectPage
      {...{ request, admin, row }}
      title="Activity"
      tab="Activity"
      crumbs={listCrumbs(admin)}
    >
      {entries.length === 0 ? (
        <p className="text-muted">
          Nothing is kept of this person{before !== null && ' from before'}.
        </p>
      ) : (
        <TimelineList entries={entries} />
      )}
      <p className="mt-4 flex gap-5">
        {before !== null && (
          <TextLink href="?" prefetch={false}>
            Newest
          </TextLink>
        )}
        {older !== null && (
          <TextLink href={`?before=${older}`} prefetch={false}>
            Older
          </TextLink>
        )}
      </p>
    </ObjectPage>
  );
});
