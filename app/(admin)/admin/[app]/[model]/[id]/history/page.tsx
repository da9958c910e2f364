import { adminOr404 } from '@/app/(admin)/admin/find-admin';
import { objectOr404 } from '@/app/(admin)/admin/find-object';
import { formHref, listCrumbs } from '@/app/(admin)/admin/object-crumbs';
import { staffMemberRequired } from '@/app/(admin)/guards';
import { HistoryTable } from '@/components/admin/form/history-table';
import { ObjectPage } from '@/components/admin/object/object-page';
import { PageNumber, Pagination } from '@/components/pagination';
import { historySeenBy, objectHistory } from '@/lib/contrib/admin/history';
import { toldChanges } from '@/lib/contrib/admin/kept/told-changes';
import { hasChangePermission } from '@/lib/contrib/admin/model-permissions';
import { adminSeenBy } from '@/lib/contrib/admin/private-names';
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
  const read = await historySeenBy(request.user, userAdmin(), entries);
  const told = await toldChanges(await adminSeenBy(admin, request.user), entries);
  const mayChange = await hasChangePermission(request.user, admin, row);
  return (
    <ObjectPage
      {...{ request, admin, row }}
      title="Change history"
      tab="History"
      crumbs={listCrumbs(admin)}
    >
      {entries.length === 0 ? (
        <p className="text-muted">
          This object has no history. It was probably not added in this admin.
        </p>
      ) : (
        <HistoryTable entries={read} told={told} form={mayChange ? formHref(admin, row) : null} />
      )}
      <Pagination page={page} hasNext={page < pageCount} hrefOf={(each) => `?p=${each}`}>
        <PageNumber page={page} pageCount={pageCount} />
      </Pagination>
    </ObjectPage>
  );
});
