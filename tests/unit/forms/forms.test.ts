import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { parseForm, refusedForm } from '@/lib/forms/forms';

const schema = z.object({
  username: z.string().min(1, 'Required.'),
  password: z.string().min(8, 'Short.'),
});

function formOf(...fields: [string, string | Blob][]): FormData {
  const form = new FormData();
  for (const [name, value] of fields) form.append(name, value);
  return form;
}

describe('parseForm', () => {
  it('gives the parsed values', () => {
    const form = formOf(['username', 'ada'], ['password', 'long enough'], ['$ACTION_KEY', 'x']);
    expect(parseForm(schema, form)).toEqual({
      ok: true,
      data: { username: 'ada', password: 'long enough' },
    });
  });

  it('keeps what was typed and ties each error to its field, but never echoes a secret', () => {
    const form = formOf(
      ['username', ''],
      ['password', 'short'],
      ['new_password1', 's'],
      ['note', 'n'],
    );
    expect(parseForm(schema, form)).toEqual({
      ok: false,
      state: {
        values: { username: '', note: 'n' },
        fieldErrors: { username: ['Required.'], password: ['Short.'] },
        formErrors: [],
      },
    });
  });

  it('takes the last of a repeated field and no file for a text', () => {
    const twice = formOf(['username', 'a'], ['username', 'b'], ['password', 'long enough']);
    expect(parseForm(schema, twice)).toMatchObject({ data: { username: 'b' } });
    const file = formOf(['username', new Blob(['x'])], ['password', 'long enough']);
    expect(parseForm(schema, file)).toMatchObject({ ok: false });
  });

  it('survives names that are also properties of every object', () => {
    const form = formOf(
      ['__proto__', 'x'],
      ['constructor', 'y'],
      ['username', 'a'],
      ['password', ''],
    );
    expect(parseForm(schema, form)).toMatchObject({ ok: false, state: { formErrors: [] } });
  });
});

describe('refusedForm', () => {
  it('carries errors of the form as a whole', () => {
    expect(refusedForm(formOf(['username', 'ada'], ['password', 'x']), 'No.')).toEqual({
      values: { username: 'ada' },
      fieldErrors: {},
      formErrors: ['No.'],
    });
  });
});
