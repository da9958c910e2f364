import { logSecurityEvent } from '@/lib/contrib/auth/events/security-events';
import { makePassword } from '@/lib/contrib/auth/hashers';
import { isTaken, nameTaken } from '@/lib/contrib/auth/management/create-superuser';
import type { User } from '@/lib/contrib/auth/models';
import { getUserModel, insertUser } from '@/lib/contrib/auth/users/user-model';
import { transaction } from '@/lib/db/client';

/** Longest purpose of a service account. */
export const PURPOSE_MAX_LENGTH = 200;

/**
 * Make an account of a program: a user without a password, whom groups and permissions are given as to
 * anybody, and who answers for it. Throws ValidationError for a name that is none, or taken.
 */
export async function createServiceAccount(
  { username, purpose }: { username: string; purpose: string },
  owner: User,
): Promise<User> {
  const model = getUserModel();
  const name = String(model.clean(model.USERNAME_FIELD, username));
  if (await isTaken(model, name)) throw nameTaken(model);
  const password = await makePassword(null);
  const values = { ...model.newRow(), [model.USERNAME_FIELD]: name, password };
  return transaction(async (tx) => {
    const user = await insertUser(tx, model, values);
    const data = { userId: user.id, ownerId: owner.id, purpose, created: new Date() };
    await tx.serviceAccount.create({ data, select: { id: true } });
    const target = { id: user.id, username: user.getUsername() };
    const detail = { kind: 'service account', owner: owner.getUsername() };
    await logSecurityEvent({ name: 'user_created', target, detail, tx });
    return user;
  });
}
