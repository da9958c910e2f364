import { z } from 'zod';
import type { ModelAdmin, Row } from '@/lib/contrib/admin/options';
import { strOf } from '@/lib/contrib/admin/rows';
import type { FieldErrors } from '@/lib/contrib/auth/permissions/account-rules';
import { capfirst } from '@/lib/core/text';

const cellChange = z.object({
  label: z.string(),
  before: z.string().nullable(),
  after: z.string(),
});

/** A column, and what it says before and after; `before` is null for a new row. */
export type CellChange = z.infer<typeof cellChange>;

const reportRow = z.object({
  line: z.number(),
  outcome: z.enum(['added', 'changed', 'same', 'refused']),
  /** What people call the row; '' for one that is not known. */
  name: z.string(),
  changes: z.array(cellChange),
  /** What is wrong, at the column or with the row as a whole, whose column is ''. */
  errors: z.array(z.object({ column: z.string(), text: z.string() })),
  /** What the row was when it was looked at; null for a new one. */
  digest: z.string().nullable(),
});

/** One row of a preview, as it is kept and shown. */
export type ReportRow = z.infer<typeof reportRow>;

/** What a preview is kept as: all that its page shows. */
export const reportSchema = z.object({
  rows: z.array(reportRow),
  notes: z.array(z.string()),
  /** The names of the columns that are not imported. */
  left: z.array(z.string()),
});

/** A preview: its rows in the order of the file, and what else would be told. */
export type Report = z.infer<typeof reportSchema>;

/** What a preview says of a row, whatever becomes of it. */
export function reportOf(
  admin: ModelAdmin,
  {
    line,
    before,
    changes,
    digest,
  }: Pick<ReportRow, 'line' | 'changes' | 'digest'> & { before: Row | null },
) {
  const name = before ? strOf(admin, before) : '';
  const shown = { line, name, digest, changes: [], errors: [] };
  return {
    same: (): ReportRow => ({ ...shown, outcome: 'same' }),
    refused: (errors: FieldErrors): ReportRow => ({
      ...shown,
      outcome: 'refused',
      errors: errorsOf(admin, errors),
    }),
    saved: (str: string): ReportRow => ({
      ...shown,
      name: str,
      outcome: before ? 'changed' : 'added',
      changes,
    }),
  };
}

/** How many rows of each outcome a preview has. */
export function countOutcomes({
  rows,
}: Pick<Report, 'rows'>): Record<ReportRow['outcome'], number> {
  const counts = { added: 0, changed: 0, same: 0, refused: 0 };
  for (const { outcome } of rows) counts[outcome] += 1;
  return counts;
}

function errorsOf({ meta }: ModelAdmin, errors: FieldErrors): ReportRow['errors'] {
  const labelOf = (name: string) => {
    const field = [...meta.fields.values()].find(({ formName }) => formName === name);
    return field ? capfirst(field.verboseName) : name;
  };
  return Object.entries(errors).flatMap(([name, texts]) =>
    texts.map((text) => ({ column: labelOf(name), text })),
  );
}

// Rows on one page.
const PER_PAGE = 100;

// What a person has to look at stands first.
const ORDER = ['refused', 'added', 'changed', 'same'] as const;

/** One page of a preview: what is refused first, then in the order of the file. */
export function pageOf(
  { rows }: Report,
  wanted: unknown,
): { rows: ReportRow[]; page: number; pageCount: number } {
  const sorted = ORDER.flatMap((outcome) => rows.filter((row) => row.outcome === outcome));
  const pageCount = Math.max(1, Math.ceil(sorted.length / PER_PAGE));
  const page = Math.min(pageCount, Math.max(1, Math.trunc(Number(wanted)) || 1));
  return { rows: sorted.slice((page - 1) * PER_PAGE, page * PER_PAGE), page, pageCount };
}
