import { beforeAll, describe, expect, it } from 'vitest';
import { overrideSettings } from '@/lib/conf/settings';
import { addUser } from '@/lib/contrib/auth/admin/add-user';
import { defineUserAdmin } from '@/lib/contrib/auth/admin/user';
import { checkUserTables } from '@/lib/contrib/auth/users/checks/user-table-checks';
import { installUserModel } from '@/lib/contrib/auth/users/user-model';
import { ValidationError } from '@/lib/core/exceptions';
import { makeSuperuser, requestOf } from '@/tests/support/admin/staff';
import { freshDatabase } from '@/tests/support/database';
import { ACCOUNTS } from '@/tests/support/user-model/account';

beforeAll(freshDatabase);

describe('what is missing of a user model', () => {
  const shop = { ...ACCOUNTS, name: 'shop.Member', table: 'shop_member' };
  const { isStaff: _, ...columns } = ACCOUNTS.columns;

  it.each([
    ['its table', shop, ['auth.E130', 'auth.E131', 'auth.E132']],
    [
      'a column',
      { ...ACCOUNTS, columns: { ...ACCOUNTS.columns, shoe: 'shoe_size' } },
      ['auth.E131'],
    ],
    [
      'the table of its groups',
      { ...ACCOUNTS, groups: { table: 'accounts_gone', column: 'user_id' } },
      ['auth.E131'],
    ],
    ['the way into the admin', { ...ACCOUNTS, columns }, ['auth.W130']],
  ])('is told by the checks: %s', async (_what, model, ids) => {
    const putBack = installUserModel(model);
    try {
      await overrideSettings({ AUTH_USER_MODEL: model.name }, async () => {
        expect((await checkUserTables()).map(({ id }) => id)).toEqual(ids);
      });
    } finally {
      putBack();
    }
  });
});

describe('a model of which a new row cannot be begun here', () => {
  it('is added to at the other application, as the form says', async () => {
    const root = await makeSuperuser();
    const message = 'People are added at the Django site: it wants a value of birthday.';
    const newRow = () => {
      throw new ValidationError(message, 'invalid');
    };
    const putBack = installUserModel({ ...ACCOUNTS, newRow });
    try {
      const further = { phone: '+49 30 1' };
      const added = addUser(requestOf(root), { username: 'eve', further, password: null });
      expect(await added).toEqual({ error: message });
    } finally {
      putBack();
    }
  });
});

describe('defineUserAdmin', () => {
  it('takes the fields of the model, and what a project says of its screens', () => {
    const { meta, options } = defineUserAdmin(ACCOUNTS, { listDisplay: ['email', 'phone'] });
    expect(meta).toMatchObject({
      key: 'accounts.user',
      table: 'accounts_user',
      nameField: 'email',
    });
    expect(options.listDisplay).toEqual(['email', 'phone']);
    expect(options.searchFields).toEqual(['email', 'firstName', 'lastName']);
  });
});
