import { KeptParams } from '@/components/admin/list/kept-params';
import { Button } from '@/components/button';
import type { ChoiceSearch } from '@/lib/contrib/admin/list/filter-choices';
import { listPath } from '@/lib/contrib/admin/list/list-address';
import type { ModelMeta } from '@/lib/contrib/admin/meta';

type Props = { meta: ModelMeta; params: URLSearchParams; title: string; search: ChoiceSearch };

/** Finds choices of a filter that has too many to list. A form like the list's own search. */
export function ChoiceSearchForm({ meta, params, title, search }: Props) {
  return (
    <form action={listPath(meta)} className="flex gap-2 p-1.5">
      <input
        type="search"
        name={search.name}
        defaultValue={search.value}
        aria-label={`Search ${title}`}
        dir="auto"
        className="h-9 w-full min-w-0 rounded-field border border-edge bg-surface px-3"
      />
      <Button className="min-h-9! px-3">Search</Button>
      <KeptParams params={params} without={[search.name, 'p', 'e']} />
    </form>
  );
}
