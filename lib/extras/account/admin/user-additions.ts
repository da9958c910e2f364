import { extendAdmin } from '@/lib/contrib/admin/additions';
import { hasChangePermission } from '@/lib/contrib/admin/model-permissions';
import { touchableAmong } from '@/lib/contrib/auth/admin/people/user-menu';
import { userAdmin } from '@/lib/contrib/auth/admin/user';
import { getUserModel } from '@/lib/contrib/auth/users/user-model';
import { userAdminPath } from '@/lib/contrib/auth/users/user-path';
import { db } from '@/lib/db/client';
import { addressesOf, syncPrimary } from '@/lib/extras/account/emails/addresses';
import { setPasswordAction } from './set-password-action';

/** What the screens of users show of their addresses, and the link that is sent in place of a password. */
export const userAdditions = extendAdmin('auth.user', {
  actions: [setPasswordAction],
  // Whoever comes from a file has no password yet.
  rowsAdded: [setPasswordAction],
  async facts(row) {
    const email = String(Reflect.get(row, getUserModel().EMAIL_FIELD) ?? '');
    const addresses = await addressesOf({ id: row.id, email });
    const deletion = await db.accountDeletion.findUnique({ where: { userId: row.id } });
    return [
      { label: 'Addresses', text: addresses.map(wordsOf).join(', ') || 'None' },
      ...(deletion
        ? [{ label: 'Deletion', text: `Asked for by the owner, due ${deletion.due.toISOString()}` }]
        : []),
    ];
  },
  async objectLinks({ id }, user) {
    if (!(await hasChangePermission(user, userAdmin()))) return [];
    const href = userAdminPath(`${id}/password_link/`);
    return id === user.id
      ? []
      : [{ label: 'Send set-password link', href, order: 5, kind: 'action' }];
  },
  async rowLinks(rows, user) {
    const touchable = await touchableAmong(rows, user);
    if (touchable.size === 0) return [];
    const { EMAIL_FIELD } = getUserModel();
    const isFor = (row: object & { id: number; isActive: boolean }) =>
      touchable.has(row.id) && row.isActive && Reflect.get(row, EMAIL_FIELD) !== '';
    const href = userAdminPath(':id/password_link/');
    return [{ label: 'Send set-password link', href, order: 5, isFor }];
  },
  async saved(tx, { before, values, id }) {
    const { EMAIL_FIELD } = getUserModel();
    const email = values[EMAIL_FIELD];
    const former = before && Reflect.get(before, EMAIL_FIELD);
    if (typeof email === 'string' && email !== former) await syncPrimary(tx, { id, email });
    return null;
  },
});

function wordsOf({
  email,
  primary,
  verified,
}: {
  email: string;
  primary: boolean;
  verified: boolean;
}) {
  const words = [primary && 'primary', verified ? 'confirmed' : 'not confirmed'].filter(Boolean);
  return `${email} (${words.join(', ')})`;
}
