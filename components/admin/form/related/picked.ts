import type { FormField } from '@/lib/contrib/admin/form/change-form';

/** A row that was added or changed beside a field. */
export type Picked = { id: string; text: string };

/** The same field, which knows what these rows are called. */
export function withPicked(field: FormField, picked: readonly Picked[]): FormField {
  const { widget } = field;
  const last = picked.at(-1);
  if (widget === null || !last) return field;
  if ('text' in widget) return { ...field, widget: { ...widget, text: last.text } };
  if (!('choices' in widget)) return field;
  const added = new Map(picked.map(({ id, text }) => [id, text]));
  const known = widget.choices.map(([id, text]) => [id, added.get(String(id)) ?? text] as const);
  const ids = new Set(known.map(([id]) => String(id)));
  const others = [...added].filter(([id]) => !ids.has(id));
  return { ...field, widget: { ...widget, choices: [...known, ...others] } };
}

/** The ids that the controls of a field hold as they stand, with commas between them. */
export function heldIn(part: HTMLElement | null, name: string): string {
  const form = part?.closest('form');
  return form ? new FormData(form).getAll(name).join() : '';
}

/** What a field holds once a row was picked: of several ids that one too. */
export function valueWith({ widget }: FormField, held: string, { id }: Picked): string {
  const isSeveral = widget?.kind === 'multiple';
  return isSeveral ? [...new Set([...held.split(',').filter(Boolean), id])].join() : id;
}
