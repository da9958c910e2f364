import { Button } from '@/components/button';
import { TextLink } from '@/components/text-link';
import { listHref, listPath } from '@/lib/contrib/admin/list/list-address';
import { COLUMNS, changedQuery, type ListQuery } from '@/lib/contrib/admin/list/list-query';
import { type ColumnChoice, withoutColumns } from '@/lib/contrib/admin/list/shown/chosen-columns';
import type { ModelMeta } from '@/lib/contrib/admin/meta';

type Props = { meta: ModelMeta; query: ListQuery; choices: readonly ColumnChoice[] };

/** Which columns the list has. A form like the search: the address says what is chosen. */
export function ColumnChoiceMenu({ meta, query, choices }: Props) {
  if (choices.length === 0) return null;
  const kept = new Map(
    [...withoutColumns(query.params)].flatMap((pair) =>
      pair[0] === 'e' ? [] : [[pair.join('='), pair] as const],
    ),
  );
  const hidden = choices.filter(({ isShown }) => !isShown).length;
  return (
    <details
      key={query.params.toString()}
      name="filter"
      className={`max-w-full open:w-full rounded-field border bg-surface sm:relative sm:open:w-auto ${hidden > 0 ? 'border-accent' : 'border-edge'}`}
    >
      <summary className="flex min-h-8.5 list-none items-center gap-2 px-3 marker:hidden">
        <span className={hidden > 0 ? '' : 'text-muted'}>Columns</span>
        {hidden > 0 && (
          <span className="font-semibold tabular-nums">
            {choices.length - hidden} of {choices.length}
          </span>
        )}
        <svg viewBox="0 0 12 12" aria-hidden="true" className="size-3 shrink-0 text-muted">
          <path d="m2.5 4.5 3.5 3.5 3.5-3.5" fill="none" stroke="currentColor" strokeWidth="1.5" />
        </svg>
      </summary>
      <div className="border-t border-line p-2 sm:absolute sm:top-full sm:left-0 sm:z-30 sm:mt-1 sm:w-max sm:max-w-80 sm:min-w-full sm:rounded-field sm:border sm:border-edge sm:bg-surface sm:shadow-lg">
        <form action={listPath(meta)} className="space-y-2">
          <fieldset>
            <legend className="sr-only">Columns of the list</legend>
            {choices.map(({ name, label, isShown }) => (
              <label key={name} className="flex min-h-8 items-center gap-2 px-1">
                <input type="checkbox" name={COLUMNS} value={name} defaultChecked={isShown} />
                {label}
              </label>
            ))}
          </fieldset>
          {[...kept].map(([key, [name, value]]) => (
            <input key={key} type="hidden" name={name} value={value} />
          ))}
          <div className="flex items-center gap-3">
            <Button className="min-h-9! px-3">Show these</Button>
            {hidden > 0 && (
              <TextLink
                href={listHref(meta, changedQuery(withoutColumns(query.params)))}
                prefetch={false}
              >
                Show all
              </TextLink>
            )}
          </div>
        </form>
      </div>
    </details>
  );
}
