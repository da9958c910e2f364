import { defineAdmin } from '@/lib/contrib/admin/options';
import type { FieldErrors } from '@/lib/contrib/auth/permissions/account-rules';
import { users } from '@/lib/contrib/auth/users/managers';
import { PURPOSE_MAX_LENGTH } from '@/lib/extras/tokens/service-accounts/create-service-account';
import { nameField } from '@/lib/forms/fields';

/** Which users are programs, and who answers for them. */
export const serviceAccountAdmin = defineAdmin('tokens.serviceaccount', {
  str: ({ purpose }) => purpose,
  listDisplay: ['user', 'purpose', 'owner', 'created'],
  searchFields: ['purpose'],
  ordering: ['-created'],
  autocompleteFields: ['user', 'owner'],
  formFields: {
    purpose: nameField({ max: PURPOSE_MAX_LENGTH, required: 'Say what it is for.' }),
  },
  readonlyFields: ['created'],
  fieldsets: [{ title: null, fields: ['user', 'purpose', 'owner', 'created'] }],
  isDeletedWithOthers: true,
  async clean(_tx, { values }): Promise<FieldErrors> {
    const id = values['user'];
    const user = typeof id === 'number' ? await users.getById(id) : null;
    if (!user?.hasUsablePassword()) return {};
    return { user: ['A person signs in to this account. Take one without a password.'] };
  },
  saveModel: ({ before }) => (before ? {} : { created: new Date() }),
});
