import { Button } from '@/components/button';
import { Name } from '@/components/name';
import type { GroupPage } from '@/lib/extras/matrix/group-page';
import { formatMatrixView, type MatrixView } from '@/lib/extras/matrix/matrix-view';
import { control, VIEW_FORM } from './view-names';

type Props = {
  view: MatrixView;
  page: GroupPage;
  /** All apps that have permissions. */
  apps: readonly { label: string; name: string }[];
};

/**
 * Which groups and permissions are shown: a search, an app, and groups chosen to stand side by side.
 * What is staged goes along: the grid keeps it.
 */
export function ViewForm({ view, page, apps }: Props) {
  const { groups, perms, app, only } = view;
  const isNarrowed = formatMatrixView({ ...view, page: 1, rows: 1 }) !== '';
  return (
    <search className="matrix-tools mb-3 block">
      <form id={VIEW_FORM} data-keeps className="flex flex-wrap items-start gap-x-4 gap-y-2">
        <label className="flex items-center gap-2">
          <span>Groups</span>
          <input
            type="search"
            name="groups"
            defaultValue={groups}
            maxLength={150}
            dir="auto"
            aria-invalid={page.error !== null || undefined}
            aria-describedby={page.error === null ? undefined : 'matrix-search-error'}
            className={`${control} w-44`}
          />
        </label>
        <label className="flex items-center gap-2">
          <span>App</span>
          <select name="app" defaultValue={app} className={`${control} max-w-48`}>
            <option value="">All apps</option>
            {apps.map(({ label, name }) => (
              <option key={label} value={label}>
                {name}
              </option>
            ))}
          </select>
        </label>
        <noscript>
          <label className="flex items-center gap-2">
            <span>Permissions</span>
            <input type="search" name="perms" defaultValue={perms} className={`${control} w-44`} />
          </label>
        </noscript>
        <details
          open={only.length > 0 && groups !== ''}
          className="rounded-field border border-edge bg-surface sm:relative"
        >
          <summary className="flex min-h-8.5 items-center px-3">
            {only.length > 0 ? `${only.length} chosen` : 'Choose groups to compare'}
            <span aria-hidden="true" className="ps-2 text-muted">
              ▾
            </span>
          </summary>
          <fieldset className="border-t border-line p-3 sm:absolute sm:top-full sm:left-0 sm:z-30 sm:mt-1 sm:w-max sm:max-w-xl sm:rounded-field sm:border sm:border-edge sm:bg-surface sm:shadow-lg">
            <legend className="sr-only">Groups side by side</legend>
            <ul className="flex max-h-48 flex-wrap gap-x-5 gap-y-1 overflow-y-auto">
              {page.choices.map(({ id, name }) => (
                <li key={id}>
                  <label className="flex min-h-7 items-center gap-2">
                    <input
                      type="checkbox"
                      name="only"
                      value={id}
                      defaultChecked={only.includes(id)}
                      className="size-4.5 accent-accent"
                    />
                    <Name text={name} />
                  </label>
                </li>
              ))}
            </ul>
            <p className="mt-2 text-muted">
              Search above for further groups: the chosen ones stay. None ticked shows all.
            </p>
          </fieldset>
        </details>
        <Button className="min-h-9!">Show</Button>
        {isNarrowed && (
          <a
            href="/admin/auth/matrix/"
            data-keeps
            className="py-2 text-accent underline underline-offset-4"
          >
            Show all
          </a>
        )}
      </form>
      {page.error !== null && (
        <p id="matrix-search-error" className="mt-1 text-danger">
          {page.error}
        </p>
      )}
    </search>
  );
}
