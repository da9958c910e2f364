import { KeptParams } from '@/components/admin/list/kept-params';
import { ListMenu } from '@/components/admin/list/list-menu';
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
  const hidden = choices.filter(({ isShown }) => !isShown).length;
  return (
    <ListMenu
      key={query.params.toString()}
      title="Columns"
      chosen={
        <span className="font-semibold tabular-nums">
          {choices.length - hidden} of {choices.length}
        </span>
      }
      isActive={hidden > 0}
    >
      <form action={listPath(meta)} className="space-y-2 p-1">
        <fieldset>
          <legend className="sr-only">Columns of the list</legend>
          {choices.map(({ name, label, isShown }) => (
            <label key={name} className="flex min-h-8 items-center gap-2 px-1">
              <input type="checkbox" name={COLUMNS} value={name} defaultChecked={isShown} />
              {label}
            </label>
          ))}
        </fieldset>
        <KeptParams params={query.params} without={[COLUMNS, 'e']} />
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
    </ListMenu>
  );
}
