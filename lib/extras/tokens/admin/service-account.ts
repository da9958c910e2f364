import { defineAdmin } from '@/lib/contrib/admin/options';
import type { FieldErrors } from '@/lib/contrib/auth/permissions/account-rules';
import { ownerRefusals } from '@/lib/contrib/auth/permissions/owner-refusals';
import { findUser, getUserModel } from '@/lib/contrib/auth/users/user-model';
import { chunksOf } from '@/lib/db/chunks';
import type { TransactionClient } from '@/lib/db/client';
import { PURPOSE_MAX_LENGTH } from '@/lib/extras/tokens/service-accounts/create-service-account';
import { nameField } from '@/lib/forms/fields';

/**
 * Which users are programs, and who answers for them. Nobody signs in to a program's account, so that
 * who makes an account one, or none again, must be allowed to touch it.
 */
export const serviceAccountAdmin = defineAdmin('tokens.serviceaccount', {
  rail: { section: 'People', order: 20 },
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
  async clean(tx, { request, before, values }): Promise<FieldErrors> {
    const id = values['user'];
    const user = typeof id === 'number' ? await findUser(getUserModel(), 'id', id, tx) : null;
    const touched = [
      ...(before ? await accountsOf(tx, [before.id]) : []),
      ...(user ? [user.id] : []),
    ];
    const refusals = await ownerRefusals(tx, request.user, { userIds: touched, act: 'changes' });
    if (refusals.length > 0) return { user: refusals };
    if (!user?.hasUsablePassword()) return {};
    return { user: ['A person signs in to this account. Take one without a password.'] };
  },
  cleanDelete: async (tx, actor, ids) =>
    ownerRefusals(tx, actor, { userIds: await accountsOf(tx, ids), act: 'changes' }),
  saveModel: ({ before }) => (before ? {} : { created: new Date() }),
});

async function accountsOf(tx: TransactionClient, ids: readonly number[]): Promise<number[]> {
  const found: number[] = [];
  for (const chunk of chunksOf(ids)) {
    const where = { id: { in: chunk } };
    const rows = await tx.serviceAccount.findMany({ where, select: { userId: true } });
    found.push(...rows.map(({ userId }) => userId));
  }
  return found;
}
