import { settings } from '@/lib/conf/settings';
import { db, Prisma } from '@/lib/db/client';
import { identifier } from '@/lib/db/identifiers';
import { dayOf, formatDateTime, startOfDay } from './calendar';
import { columnsOf } from './columns';
import { type FieldMeta, modelMeta } from './meta';
import type { ModelAdmin } from './options';
import { orderSql, orderTerms } from './ordering';
import { findRows, strOf } from './rows';
import { selectIds } from './selection';

/** Names of the query that a choice sets; those of the filter that it does not name are left out. */
type Choice = { label: string; sets: Record<string, string> };

/** What a filter offers, and the names of the query that are its own. */
export type Choices = { names: readonly string[]; choices: readonly Choice[] };

/** A field with a column of its own. */
type ColumnField = Exclude<FieldMeta, { kind: 'foreignKey' | 'manyToMany' | 'reverse' }>;

/** A field that refers to rows of another model. */
type RelationField = Extract<FieldMeta, { kind: 'foreignKey' } | { kind: 'manyToMany' }>;

const MOST_CHOICES = 100;

/**
 * The rows at the other end of a relation, a hundred at most, and none; nothing where that leaves
 * nothing to choose.
 * Django: RelatedFieldListFilter
 */
export async function relatedChoices(admin: ModelAdmin, field: RelationField): Promise<Choices> {
  const exact = `${field.formName}__id__exact`;
  const isnull = `${field.formName}__isnull`;
  const names = [exact, isnull];
  if (field.to.key === null) return { names, choices: [] };
  const meta = modelMeta(field.to.key);
  const target = admin.site.find(field.to.key) ?? { ...admin, meta, options: {} };
  const ids = await selectIds(target, {
    where: Prisma.sql`TRUE`,
    order: orderSql(meta, orderTerms(target, columnsOf(target), null)),
    limit: MOST_CHOICES,
  });
  const rows = await findRows(db, meta, ids);
  const canBeEmpty = field.kind === 'manyToMany' || !field.isRequired;
  const offered = rows.map((row) => ({
    label: strOf(target, row),
    sets: { [exact]: String(row.id) },
  }));
  const empty = canBeEmpty ? [{ label: 'None', sets: { [isnull]: 'True' } }] : [];
  // With "None" alone, or one row that all have, there is nothing to choose.
  if (offered.length + empty.length < 2) return { names, choices: [] };
  return { names, choices: [{ label: 'All', sets: {} }, ...offered, ...empty] };
}

/**
 * The periods up to today in the site's time zone, and where the field may be empty, whether it is.
 * Django: DateFieldListFilter
 */
export function dateChoices(field: ColumnField, now: Date): Choices {
  const [since, until] = [`${field.formName}__gte`, `${field.formName}__lt`];
  const isnull = `${field.formName}__isnull`;
  const zone = settings.TIME_ZONE;
  const today = dayOf(now, zone);
  const { year, month, day } = today;
  const tomorrow = { ...today, day: day + 1 };
  const periods = [
    ['Today', today, tomorrow],
    ['Past 7 days', { ...today, day: day - 7 }, tomorrow],
    ['This month', { ...today, day: 1 }, { year, month: month + 1, day: 1 }],
    ['This year', { year, month: 1, day: 1 }, { year: year + 1, month: 1, day: 1 }],
  ] as const;
  const text = (start: typeof today) => formatDateTime(startOfDay(start, zone), zone);
  const dated = periods.map(([label, start, end]) => ({
    label,
    sets: { [since]: text(start), [until]: text(end) },
  }));
  const empty = [
    { label: 'No date', sets: { [isnull]: 'True' } },
    { label: 'Has date', sets: { [isnull]: 'False' } },
  ];
  return {
    names: field.isRequired ? [since, until] : [since, until, isnull],
    choices: [{ label: 'Any date', sets: {} }, ...dated, ...(field.isRequired ? [] : empty)],
  };
}

/**
 * Yes and no, the declared choices, or the values that are stored, a hundred at most.
 * Django: BooleanFieldListFilter, ChoicesFieldListFilter, AllValuesFieldListFilter
 */
export async function valueChoices(admin: ModelAdmin, field: ColumnField): Promise<Choices> {
  const isOpen = field.kind !== 'boolean' && field.choices === null;
  const exact = isOpen ? field.formName : `${field.formName}__exact`;
  const isnull = `${field.formName}__isnull`;
  const values = isOpen ? await storedValues(admin, field.column) : choicesOf(field);
  const offered = values.map(([value, label]) => ({ label, sets: { [exact]: String(value) } }));
  const empty = field.isRequired ? [] : [{ label: 'None', sets: { [isnull]: 'True' } }];
  return {
    names: [exact, isnull],
    choices: [{ label: 'All', sets: {} }, ...offered, ...empty],
  };
}

type Labelled = readonly (readonly [value: string | number, label: string])[];

function choicesOf({ kind, choices }: ColumnField): Labelled {
  if (kind !== 'boolean') return choices ?? [];
  return [
    [1, 'Yes'],
    [0, 'No'],
  ];
}

async function storedValues({ meta }: ModelAdmin, column: string): Promise<Labelled> {
  const name = identifier(column);
  const rows = await db.$queryRaw<{ value: string | number }[]>`
    SELECT DISTINCT t.${name} AS value FROM ${identifier(meta.table)} AS t
    WHERE t.${name} IS NOT NULL ORDER BY 1 LIMIT ${MOST_CHOICES}`;
  return rows.map(({ value }) => [value, String(value)] as const);
}
