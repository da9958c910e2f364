import { expect, it } from 'vitest';
import { changeForm } from '@/lib/contrib/admin/form/change-form';
import { type FieldMeta, getField } from '@/lib/contrib/admin/meta';
import { defineAdmin } from '@/lib/contrib/admin/options';

it('asks once for the default of each field of a new row', async () => {
  const admin = defineAdmin('auth.user', {
    fieldsets: [{ title: null, fields: ['username', 'email', 'firstName', 'lastName'] }],
  });
  const asked: string[] = [];
  const fields = new Map(
    [...admin.meta.fields].map(([name, field]) => {
      const watched: FieldMeta = Object.create(field, {
        default: { get: () => asked.push(name) && `the ${name}` },
      });
      return [name, watched];
    }),
  );
  const form = await changeForm({ ...admin, meta: { ...admin.meta, fields } }, null, {
    canChange: true,
  });
  expect(form.values[getField(admin.meta, 'firstName').formName]).toBe('the firstName');
  expect(asked).toEqual(['username', 'email', 'firstName', 'lastName']);
});
