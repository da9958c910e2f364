import { nameOfKind } from '@/lib/contrib/admin/deletion/kind-names';
import type { ModelAdmin } from '@/lib/contrib/admin/options';
import type { ChangeList } from './change-list';
import type { RowCount } from './count';

/** "1 user", "1,284 users", and "10,000+ users" where counting stopped. */
export function countOf({ meta }: ModelAdmin, { value, isExact }: RowCount): string {
  const kind = nameOfKind(meta.prismaName, isExact ? value : 2);
  return `${value.toLocaleString('en')}${isExact ? '' : '+'} ${kind}`;
}

/** How many rows there are, or how many of them fit the query; '' for none. */
export function countText(admin: ModelAdmin, { count, isFiltered }: ChangeList): string {
  if (count.value === 0) return '';
  return isFiltered ? `${countOf(admin, count)} found` : countOf(admin, count);
}
