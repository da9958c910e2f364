import { staffMemberRequired } from '@/app/(why)/guards';
import { AdminPage } from '@/components/admin/admin-page';
import { PageNumber, Pagination } from '@/components/pagination';
import { HeldNotes } from '@/components/permissions/holders/held-notes';
import { HolderList } from '@/components/permissions/holders/holder-list';
import { HolderSearch } from '@/components/permissions/holders/holder-search';
import { NoHolders } from '@/components/permissions/holders/no-holders';
import { holderNotes } from '@/lib/contrib/auth/permissions/holder-notes';
import { loadHoldersPage } from '@/lib/extras/why/holders-page';
import { queryPage, queryText } from '@/lib/http/search-params';

export default staffMemberRequired.page(async function HoldersPage({
  request,
  params,
  searchParams,
}) {
  const search = queryText(searchParams, 'q');
  const kind = queryText(searchParams, 'kind') === 'superusers' ? 'superusers' : 'granted';
  const { permission, list, counts, error, rules } = await loadHoldersPage(
    request.user,
    params.id ?? '',
    { search, kind, page: queryPage(searchParams) },
  );
  const perm = permission.userPermStr;
  const held = { kind: 'permission', id: permission.id } as const;
  const ids = list.holders.flatMap(({ user }) => user.id ?? []);
  const notes = await holderNotes(request.user, held, ids);
  return (
    <AdminPage
      request={request}
      title={`Who holds ${perm}`}
      lead={permission.name}
      crumbs={[
        { label: 'Authentication and Authorization', href: '/admin/auth/' },
        { label: 'Permissions', href: '/admin/auth/permission/' },
        { label: permission.name, href: `/admin/auth/permission/${permission.id}/change/` },
      ]}
    >
      <HeldNotes notes={notes} />
      <HolderSearch search={search} kind={kind} counts={counts} error={error} />
      {list.count.value === 0 ? (
        <NoHolders kind={kind} search={search} superusers={counts.superusers.value} />
      ) : (
        <HolderList holders={list.holders} perm={perm} held={notes} />
      )}
      <Pagination
        page={list.page}
        hasNext={list.hasNext}
        prefetch={false}
        hrefOf={(page) => `?kind=${kind}&q=${encodeURIComponent(search)}&p=${page}`}
      >
        <PageNumber page={list.page} />
      </Pagination>
      {rules.map(({ backend, reason }) => (
        <p key={backend + reason} className="mt-6 text-muted">
          Not listed: {backend} also grants it by a rule of its own ({reason}).
        </p>
      ))}
    </AdminPage>
  );
});
