import { TextLink } from '@/components/text-link';
import type { ChangeList, Emptiness } from '@/lib/contrib/admin/list/change-list';
import { listHref, listPath } from '@/lib/contrib/admin/list/list-address';
import { unfilteredQuery } from '@/lib/contrib/admin/list/list-query';
import type { ModelAdmin } from '@/lib/contrib/admin/options';

type Props = { admin: ModelAdmin; list: ChangeList; emptiness: Emptiness; canAdd: boolean };

/** Which emptiness it is, and the way out. */
export function EmptyList({ admin: { meta }, list, emptiness, canAdd }: Props) {
  const kind = meta.verboseNamePlural;
  return (
    <div className="rounded-panel border border-line px-6 py-12 text-center">
      {emptiness === 'filtered' && (
        <p>
          No {kind} match this search and these filters.{' '}
          <TextLink href={listHref(meta, unfilteredQuery(list.query))} prefetch={false}>
            Show all {kind}
          </TextLink>
        </p>
      )}
      {emptiness === 'nothing' && (
        <p>
          There are no {kind} yet.{' '}
          {canAdd && (
            <TextLink href={`${listPath(meta)}add/`} prefetch={false}>
              Add the first one
            </TextLink>
          )}
        </p>
      )}
      {emptiness === 'hidden' && (
        <p>There are {kind}, but none that you may see. Ask an administrator if you need them.</p>
      )}
    </div>
  );
}
