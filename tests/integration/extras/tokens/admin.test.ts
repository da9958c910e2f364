import { beforeAll, describe, expect, it } from 'vitest';
import { deleteRows } from '@/lib/contrib/admin/deletion/deletion';
import { users } from '@/lib/contrib/auth/users/managers';
import { db } from '@/lib/db/client';
import { save, untouched } from '@/tests/support/admin/object-forms';
import { makeStaff, makeSuperuser, requestOf, screens } from '@/tests/support/admin/staff';
import { freshDatabase } from '@/tests/support/database';

beforeAll(freshDatabase);

const KEY = 'tokens.serviceaccount';

let made = 0;

function robot(fields: { isSuperuser?: boolean } = {}) {
  made += 1;
  return users.createUser({ username: `robot${made}`, password: null, ...fields });
}

const manager = () =>
  makeStaff(
    'auth.view_user',
    'tokens.add_serviceaccount',
    'tokens.change_serviceaccount',
    'tokens.delete_serviceaccount',
    'tokens.view_serviceaccount',
  );

const form = (user: { id: number }) => ({ user: String(user.id), purpose: 'Import', owner: '' });

describe('the form of a service account', () => {
  it('makes one of a user without a password, and of nobody else', async () => {
    const by = await manager();
    const program = await robot();
    expect(await save(KEY, form(program), { by })).toMatchObject({ kind: 'saved' });
    expect(await db.serviceAccount.count({ where: { userId: program.id } })).toBe(1);
    const person = await robot();
    const password = 'pbkdf2_sha256$1$a$b';
    await db.user.update({ where: { id: person.id }, data: { password } });
    expect(await save(KEY, form(person), { by })).toMatchObject({
      kind: 'refused',
      errors: { user: [expect.stringContaining('A person signs in')] },
    });
  });

  it('is no way to shut a superuser out, nor to let one of them in', async () => {
    const by = await manager();
    const root = await robot({ isSuperuser: true });
    const refusal = {
      kind: 'refused',
      errors: { user: [expect.stringContaining('superuser')] },
    };
    expect(await save(KEY, form(root), { by })).toMatchObject(refusal);
    expect(await save(KEY, form(root), { by: await makeSuperuser() })).toMatchObject({
      kind: 'saved',
    });
    const { id } = await db.serviceAccount.findFirstOrThrow({ where: { userId: root.id } });
    const fields = { ...(await untouched(screens(KEY), id)), user: String((await robot()).id) };
    expect(await save(KEY, fields, { id, by })).toMatchObject(refusal);
    const { refusals } = await deleteRows(screens(KEY), [id], requestOf(by));
    expect(refusals).toHaveLength(1);
    expect(await db.serviceAccount.count({ where: { userId: root.id } })).toBe(1);
  });
});
