import { beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { db } from '@/lib/db/client';
import { refuseTaken } from '@/lib/db/unique';
import { nameField } from '@/lib/forms/fields';
import { parseForm, saveForm } from '@/lib/forms/forms';
import { freshDatabase } from '@/tests/support/database';

beforeAll(freshDatabase);

const TAKEN = { name: 'Group with this name already exists.' };
const Form = z.object({ name: nameField({ max: 150, required: 'Give it a name.' }) });

/** What an action of one's own does with a form. */
async function save(form: FormData) {
  const parsed = parseForm(Form, form);
  if (!parsed.ok) return parsed;
  return saveForm(form, () =>
    refuseTaken('auth_group', TAKEN, () => db.group.create({ data: parsed.data })),
  );
}

function formOf(name: string): FormData {
  const form = new FormData();
  form.set('name', name);
  form.set('password', 'secret');
  return form;
}

describe('a form with a unique field', () => {
  it('is saved, and the second time says at the field that the value is taken', async () => {
    expect(await save(formOf('Printers'))).toMatchObject({ ok: true, data: { name: 'Printers' } });
    expect(await save(formOf('Printers'))).toEqual({
      ok: false,
      state: {
        values: { name: 'Printers' },
        fieldErrors: { name: [TAKEN.name] },
        formErrors: [],
      },
    });
  });

  it('says so to the second of two that are sent at once', async () => {
    const both = await Promise.all([save(formOf('Both')), save(formOf('Both'))]);
    expect(both.map(({ ok }) => ok).toSorted()).toEqual([false, true]);
  });

  it('says nothing of another column, of another table or of another fault', async () => {
    const make = () => db.group.create({ data: { name: 'Printers' } });
    await expect(refuseTaken('auth_group', { id: 'Taken.' }, make)).rejects.toThrow(/nique/);
    const fault = new Error('Away.');
    const fail = () => refuseTaken('auth_group', TAKEN, () => Promise.reject(fault));
    await expect(saveForm(formOf('x'), fail)).rejects.toBe(fault);
  });
});
