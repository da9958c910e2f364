import type { ReactNode } from 'react';
import {
  formatMatrixView,
  GROUPS_PER_PAGE,
  type MatrixView,
} from '@/lib/extras/matrix/matrix-view';
import type { RowPage } from '@/lib/extras/matrix/row-page';

type Props = {
  view: MatrixView;
  groups: { total: number; pageCount: number };
  rows: RowPage;
};

/** The ways to the groups and the permissions that have no room beside and below these. */
export function ViewPages({ view, groups, rows }: Props) {
  const { page } = view;
  const from = (page - 1) * GROUPS_PER_PAGE;
  const to = Math.min(from + GROUPS_PER_PAGE, groups.total);
  return (
    <div className="matrix-tools mb-3 flex flex-wrap gap-x-8 gap-y-1 empty:hidden">
      {groups.pageCount > 1 && (
        <Pages label="Pages of groups">
          {page > 1 && (
            <Step
              view={{ ...view, page: Math.min(page - 1, groups.pageCount) }}
              text="Previous groups"
            />
          )}
          <span className="text-muted tabular-nums">
            {page > groups.pageCount
              ? `There are ${groups.total.toLocaleString('en')} groups`
              : `Groups ${(from + 1).toLocaleString('en')} to ${to.toLocaleString('en')} of ${groups.total.toLocaleString('en')}`}
          </span>
          {page < groups.pageCount && (
            <Step view={{ ...view, page: page + 1 }} text="Next groups" />
          )}
        </Pages>
      )}
      {rows.pageCount > 1 && (
        <Pages label="Pages of permissions">
          {rows.page > 1 && (
            <Step view={{ ...view, rows: rows.page - 1 }} text="Permissions before" />
          )}
          <span className="text-muted tabular-nums">
            {`${rows.shown} of ${rows.total.toLocaleString('en')} permissions`}
          </span>
          {rows.page < rows.pageCount && (
            <Step view={{ ...view, rows: rows.page + 1 }} text="Further permissions" />
          )}
        </Pages>
      )}
    </div>
  );
}

function Pages({ label, children }: { label: string; children: ReactNode }) {
  return (
    <nav aria-label={label} className="flex flex-wrap items-center gap-x-4">
      {children}
    </nav>
  );
}

// Loaded anew: what is staged is kept for the next page by the tab.
function Step({ view, text }: { view: MatrixView; text: string }) {
  return (
    <a
      href={`/admin/auth/matrix/${formatMatrixView(view)}`}
      data-keeps
      className="py-1 text-accent underline underline-offset-4"
    >
      {text}
    </a>
  );
}
