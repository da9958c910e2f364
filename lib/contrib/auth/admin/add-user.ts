import { modelMeta } from '@/lib/contrib/admin/meta';
import { ACTION_FLAGS, logActions } from '@/lib/contrib/admin/models';
import type { AdminRequest } from '@/lib/contrib/admin/options';
import { makePassword } from '@/lib/contrib/auth/hashers';
import { authUser } from '@/lib/contrib/auth/models';
import { transaction } from '@/lib/db/client';
import { isTaken } from '@/lib/db/errors';
import { checkUserChange } from '@/lib/extras/grant-rules/rules';
import { logSecurityEvent } from '@/lib/extras/security-log/security-log';
import { actorOf } from './user-changes';

/** A new user's name, and their password; null for one that cannot be used. */
type NewUser = { username: string; password: string | null };

/**
 * Add a user who is active and nothing else, with the entry in the history, in one transaction.
 * Returns the id, or what is wrong with the name.
 * Django: UserAdmin.add_view, UserCreationForm.save
 */
export async function addUser(
  request: AdminRequest,
  { username, password }: NewUser,
): Promise<{ id: number } | { error: string }> {
  const encoded = await makePassword(password);
  const taken = { error: 'A user with that username already exists.' };
  try {
    return await transaction(async (tx) => {
      const refused = await checkUserChange(tx, request.user, null, { username });
      const [error] = Object.values(refused).flat();
      if (error !== undefined) return { error };
      if (await tx.user.findUnique({ where: { username }, select: { id: true } })) return taken;
      const data = { ...authUser.newRow(), username, password: encoded };
      const { id } = await tx.user.create({ data, select: { id: true } });
      await logActions(tx, request.user, modelMeta('auth.user'), [
        { flag: ACTION_FLAGS.addition, object: { id, repr: username }, messages: [{ added: {} }] },
      ]);
      const target = { id, username };
      await logSecurityEvent({
        name: 'user_created',
        actor: actorOf(request),
        target,
        request,
        tx,
      });
      return { id };
    });
  } catch (error) {
    if (isTaken(error, 'auth_user', 'username')) return taken;
    throw error;
  }
}
