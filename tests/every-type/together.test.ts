import { describe } from 'vitest';

const FILES = new Map([
  ['values', () => import('./values.test')],
  ['form', () => import('./form.test')],
  ['relations', () => import('./relations.test')],
  ['options', () => import('./options.test')],
  ['told', () => import('./told.test')],
  ['generated', () => import('./generated.test')],
  ['beside-lines', () => import('./beside-lines.test')],
  ['list', () => import('./list.test')],
  ['inlines', () => import('./inlines.test')],
  ['lines-of-others', () => import('./lines-of-others.test')],
  ['odd-lines', () => import('./odd-lines.test')],
  ['list-editable', () => import('./list-editable.test')],
  ['admin-checks', () => import('./admin-checks.test')],
  ['import', () => import('./import.test')],
  ['files', () => import('./files.test')],
  ['related', () => import('./related.test')],
  ['model-form', () => import('./model-form.test')],
  ['beside-django', () => import('./beside-django.test')],
]);

// As one file they start the application once: most of what they cost is that each worker does.
for (const name of (process.env['EVERY_TYPE'] ?? '').split(',')) {
  const read = FILES.get(name);
  if (!read) throw new Error(`There is no tests/every-type/${name}.test.ts.`);
  describe(name, async () => {
    await read();
  });
}
