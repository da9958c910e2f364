import { KeptParams } from '@/components/admin/list/kept-params';
import { Button } from '@/components/button';
import { listPath } from '@/lib/contrib/admin/list/list-address';
import type { ListQuery } from '@/lib/contrib/admin/list/list-query';
import type { ModelMeta } from '@/lib/contrib/admin/meta';

/** Filters and order stay as they are; what is found begins on page 1. */
export function SearchForm({ meta, query }: { meta: ModelMeta; query: ListQuery }) {
  return (
    <search className="w-full sm:w-auto">
      <form
        key={query.params.toString()}
        id="changelist-search"
        action={listPath(meta)}
        className="flex gap-2"
      >
        <input
          id="searchbar"
          type="search"
          name="q"
          defaultValue={query.search}
          aria-label={`Search ${meta.verboseNamePlural}`}
          placeholder={`Search ${meta.verboseNamePlural}`}
          dir="auto"
          className="h-9 w-full min-w-0 rounded-field border border-edge bg-surface px-3 placeholder:text-muted sm:w-64"
        />
        <Button className="min-h-9! px-3">Search</Button>
        <KeptParams params={query.params} without={['q', 'p', 'e']} />
      </form>
    </search>
  );
}
