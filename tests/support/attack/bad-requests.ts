import fc from 'fast-check';
import type { Control, PageForm } from '../admin-script/page-forms';
import { multipart } from '../e2e/html-forms';
import { nasty } from './nasty';

const word = fc.oneof(
  nasty.map((value) => value.toString().slice(0, 2000)),
  fc.integer({ min: -3, max: 60 }).map(String),
  fc.constantFrom('true', '[]', '{}', 'auth.user', 'delete_selected', 'group:1+2', '2020-02-30'),
);

/** What is done to one field of a form: mostly nothing, or the rest of it would not be read. */
const change = fc.oneof(
  { weight: 6, arbitrary: fc.constant({ kind: 'keep' as const }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('set' as const), value: nasty }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('set' as const), value: word }) },
  { weight: 1, arbitrary: fc.constant({ kind: 'drop' as const }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('repeat' as const), value: word }) },
);

const names = fc.constantFrom(
  ...['q', 'p', 'o', 'all', 'e', '_changelist_filters', 'user', 'group', 'plain', 'perm', 'page'],
  ...['app_label', 'model_name', 'field_name', 'term', 'id__in', 'groups__id__exact', '__proto__'],
);

/** A request that no page makes; `id` is null for the one that exists. */
export const badRequest = fc.record({
  changes: fc.array(change, { minLength: 1, maxLength: 9 }),
  /** The first field that is changed: the others follow it. */
  from: fc.nat({ max: 200 }),
  button: fc.nat({ max: 5 }),
  unknown: fc.option(fc.tuple(fc.constantFrom('x', '__proto__', 'password', 'id', '_save'), nasty)),
  id: fc.oneof(fc.constant(null), word),
  query: fc.array(fc.tuple(names, word), { maxLength: 3 }),
});

export type BadRequest = typeof badRequest extends fc.Arbitrary<infer T> ? T : never;

type Fields = [name: string, value: string | Buffer][];

/** An address with this id and query in it; `…` stands for the id. */
export function badAddress(path: string, id: string, { id: other, query }: BadRequest): string {
  const segment = encodeURIComponent((other ?? id).replace(/[\ud800-\udfff]/g, '?'));
  const address = path.replace('…', segment);
  return `${address}${address.includes('?') ? '&' : '?'}${new URLSearchParams(query)}`;
}

/** A form with its fields changed: other values, some missing, some twice, one unknown. */
export function badForm({ controls }: PageForm, { changes, from, button, unknown }: BadRequest) {
  const buttons = controls.filter(({ kind, name }) => kind === 'button' && name !== '');
  const pressed = buttons[button % Math.max(1, buttons.length)];
  const typed = controls.filter((control) => control.kind !== 'button' || control === pressed);
  const fields = typed.flatMap((control, i): Fields => {
    const { name } = control;
    const done = changes[(i + from) % Math.max(typed.length, changes.length)];
    const kept = valuesOf(control);
    if (name.startsWith('$ACTION') || !done || done.kind === 'keep') return kept;
    if (done.kind === 'drop') return [];
    return done.kind === 'repeat' ? [...kept, [name, done.value]] : [[name, done.value]];
  });
  return multipart(unknown ? [...fields, unknown as Fields[number]] : fields);
}

function valuesOf(control: Control): Fields {
  const { name } = control;
  if (name === '') return [];
  if (control.kind === 'box') return control.isOn ? [[name, control.value]] : [];
  // Both alike and good enough, so that the form can be saved.
  if (/^password[12]$/.test(name)) return [[name, 'Correct-horse-2']];
  if (control.kind !== 'select') return [[name, control.value]];
  return control.options.filter(({ isChosen }) => isChosen).map(({ value }) => [name, value]);
}
