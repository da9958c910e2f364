import { adminOr404 } from '@/app/(admin)/admin/find-admin';
import { objectOr404 } from '@/app/(admin)/admin/find-object';
import { objectCrumbs } from '@/app/(admin)/admin/object-crumbs';
import { staffMemberRequired } from '@/app/(admin)/guards';
import { AdminPage } from '@/components/admin/admin-page';
import { HistoryTable } from '@/components/admin/form/history-table';
import { PageNumber, Pagination } from '@/components/pagination';
import { historySeenBy, objectHistory } from '@/lib/contrib/admin/history';
import { strOf } from '@/lib/contrib/admin/rows';
import { userAdmin } from '@/lib/contrib/auth/admin/user';

type Params = { app: string; model: string; id: string };

export default staffMemberRequired.page<Params>(async function HistoryPage({
  request,
  params,
  searchParams,
}) {
  const admin = adminOr404(params);
  const row = await objectOr404(request.user, admin, params.id);
  const { entries, page, pageCount } = await objectHistory(
    admin,
    row.id,
    Number(searchParams['p']),
  );
  return (
    <AdminPage
      request={request}
      title={`Change history: ${strOf(admin, row)}`}
      heading="Change history"
      lead={<bdi>{strOf(admin, row)}</bdi>}
      crumbs={objectCrumbs(admin, row)}
    >
      {entries.length === 0 ? (
        <p className="text-muted">
          This object has no history. It was probably not added in this admin.
        </p>
      ) : (
        <HistoryTable entries={await historySeenBy(request.user, userAdmin(), entries)} />
      )}
      <Pagination page={page} hasNext={page < pageCount} hrefOf={(each) => `?p=${each}`}>
        <PageNumber page={page} pageCount={pageCount} />
      </Pagination>
    </AdminPage>
  );
});
