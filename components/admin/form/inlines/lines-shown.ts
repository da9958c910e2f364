import type { FormField } from '@/lib/contrib/admin/form/change-form';
import type { InlineView, LineView } from '@/lib/contrib/admin/inlines/inline-view';
import type { FormState } from '@/lib/forms/forms';

const PREFIX = '__prefix__';

/** A line as it is drawn: one that is there, or one for a new row, which has no `line`. */
export type ShownLine = {
  /** What the names of its fields begin with: `lines-0`. */
  name: string;
  /** From 1, as it stands in the form. */
  number: number;
  line: LineView | null;
  fields: readonly FormField[];
  /** Whether somebody has taken the new line away again. */
  isRemoved: boolean;
  /** What it is filled with, where the form's state does not know it yet. */
  filled: Record<string, string> | null;
  /** The names under which a new line carries what it was filled with. */
  initial: readonly string[];
};

/**
 * The lines of an inline by the state of the form around it, with those that were added since: a line
 * that is there is found by its id, wherever it stood.
 */
export function linesShown(view: InlineView, state: FormState, added: number): ShownLine[] {
  const { prefix, lines, blank } = view;
  const { values } = state;
  const total = Number(values[`${prefix}-TOTAL_FORMS`] ?? lines.length);
  const isKnown = `${prefix}-TOTAL_FORMS` in values;
  const byId = new Map(lines.map((each) => [each.id, each]));
  const initial = Object.keys(view.blankValues).filter((each) => each.startsWith('initial-'));
  return Array.from({ length: total + added }, (_, index) => {
    const name = `${prefix}-${index}`;
    const id = values[`${name}-id`] ?? (index < total ? '' : undefined);
    const line = isKnown ? byId.get(id ?? '') : lines[index];
    return {
      name,
      number: index + 1,
      line: line ?? null,
      fields: numbered(line?.fields ?? blank ?? [], index),
      isRemoved: !line && values[`${name}-DELETE`] === 'on',
      filled: index < total ? null : numberedValues(view, index),
      initial: line ? [] : initial.map((each) => each.replace(PREFIX, String(index))),
    };
  });
}

function numbered(fields: readonly FormField[], index: number): FormField[] {
  return fields.map((field) => ({ ...field, name: field.name.replace(PREFIX, String(index)) }));
}

function numberedValues({ blankValues }: InlineView, index: number): Record<string, string> {
  const pairs = Object.entries(blankValues);
  return Object.fromEntries(
    pairs.map(([name, value]) => [name.replace(PREFIX, String(index)), value]),
  );
}
