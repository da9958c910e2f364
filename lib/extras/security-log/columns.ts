import type { PageColumn } from '@/lib/contrib/admin/list/list-options';
import type { RichCell } from '@/lib/contrib/admin/list/shown/rich-cells';
import type { AdminUser } from '@/lib/contrib/admin/options';
import { sentenceOf } from './sentences/sentence';
import type { Told, Words } from './sentences/words';
import { wordsFor } from './sentences/words-for';

function entryCell(entry: Told, words: Words): RichCell {
  const raw = words.raw(entry.detail);
  return { cell: 'sentence', ...sentenceOf(entry, words), ...(raw !== null && { raw }) };
}

/** What happened, in a sentence, with a sign that tells its weight. */
export const happenedColumn: PageColumn<Told & { id: number }, AdminUser> = {
  name: 'event',
  label: 'What happened',
  ordering: 'event',
  async valuesOf(rows, viewer) {
    const words = await wordsFor(viewer, rows);
    return new Map(rows.map((row) => [row.id, entryCell(row, words)]));
  },
};
