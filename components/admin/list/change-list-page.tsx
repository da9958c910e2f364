import { AdminPage } from '@/components/admin/admin-page';
import { DateBar } from '@/components/admin/list/date-bar';
import { EmptyList } from '@/components/admin/list/empty-list';
import { FilterBar } from '@/components/admin/list/filter-bar';
import { ListNotice } from '@/components/admin/list/list-notice';
import { ListPages } from '@/components/admin/list/list-pages';
import { ListTabs } from '@/components/admin/list/list-tabs';
import { ResultForm } from '@/components/admin/list/result-form';
import { SearchForm } from '@/components/admin/list/search-form';
import { ListViewsBar } from '@/components/admin/list/views/list-views';
import { ButtonLink } from '@/components/button';
import { offeredActions } from '@/lib/contrib/admin/actions';
import { stepUpFor } from '@/lib/contrib/admin/form/step-up';
import { listLinksFor, listViewsFor } from '@/lib/contrib/admin/links';
import type { ChangeList } from '@/lib/contrib/admin/list/change-list';
import { countText } from '@/lib/contrib/admin/list/count-text';
import { editScreens } from '@/lib/contrib/admin/list/editable/edit-screens';
import { addHref, listHref, listPath } from '@/lib/contrib/admin/list/list-address';
import { changedQuery } from '@/lib/contrib/admin/list/list-query';
import { hasAddPermission } from '@/lib/contrib/admin/model-permissions';
import type { ModelAdmin } from '@/lib/contrib/admin/options';
import type { User } from '@/lib/contrib/auth/models';
import { capfirst } from '@/lib/core/text';
import type { FormState } from '@/lib/forms/forms';
import type { HttpRequest } from '@/lib/http/request';

type Props = {
  request: HttpRequest<User>;
  admin: ModelAdmin;
  list: ChangeList;
  /** Its form as it was sent, to be changed again from the review of what it does. */
  sent?: FormState | undefined;
};

/** The rows of a model: search, filters, the table, what may be done with the ticked ones, pages. */
export async function ChangeListPage({ request, admin, list, sent }: Props) {
  const { meta, options } = admin;
  const stepUp = list.edits ? await stepUpFor(editScreens(admin), request) : null;
  const canAdd = await hasAddPermission(request.user, admin);
  const offered = await offeredActions(admin, request.user);
  const hasSearch = (options.searchFields ?? []).length > 0;
  const isBare = list.emptiness !== null && list.emptiness !== 'filtered';
  const links = await listLinksFor(request.user, admin);
  const saved = await listViewsFor(request.user, admin, list.query.params);
  return (
    <AdminPage
      request={request}
      title={capfirst(meta.verboseNamePlural)}
      crumbs={[{ label: meta.appVerboseName, href: `/admin/${meta.appLabel}/` }]}
      lead={<span className="tabular-nums">{countText(admin, list)}</span>}
      actions={
        <>
          {list.rows.length > 0 && (
            <a
              href={`${listPath(meta)}export/?${changedQuery(list.query.params)}`}
              className="inline-flex min-h-10 items-center px-2 text-muted underline-offset-4 hover:text-ink hover:underline"
            >
              Export as CSV
            </a>
          )}
          {links.map(({ label, href }) => (
            <ButtonLink key={href} href={href} prefetch={false} variant="quiet">
              {label}
            </ButtonLink>
          ))}
          {canAdd && (
            <ButtonLink href={addHref(meta, list.query)} prefetch={false} variant="primary">
              Add {meta.verboseName}
            </ButtonLink>
          )}
        </>
      }
    >
      <ListNotice list={list} />
      {!isBare && <ListViewsBar meta={meta} params={list.query.params} {...saved} />}
      {!isBare && <ListTabs meta={meta} tabs={list.tabs} />}
      {!isBare && (
        <div className="mb-4 flex flex-wrap items-start gap-x-6 gap-y-3">
          {hasSearch && <SearchForm meta={meta} query={list.query} />}
          <FilterBar meta={meta} list={list} tabField={options.listTabs?.field} />
        </div>
      )}
      {list.dates && (
        <div className="mb-4">
          <DateBar meta={meta} dates={list.dates} />
        </div>
      )}
      {list.emptiness ? (
        <EmptyList admin={admin} list={list} emptiness={list.emptiness} canAdd={canAdd} />
      ) : (
        <ResultForm admin={admin} list={list} actions={offered} stepUp={stepUp} sent={sent} />
      )}
      <ListPages
        list={list}
        hrefOf={(changes) => listHref(meta, changedQuery(list.query.params, changes))}
      />
    </AdminPage>
  );
}
