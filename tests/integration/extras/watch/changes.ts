import type { User } from '@/lib/contrib/auth/models';
import { db } from '@/lib/db/client';
import { grant, joinGroup, makeGroup } from '@/tests/support/auth/grants';

/** What ends somebody's sessions. */
export const ENDS: Record<string, (user: User) => Promise<unknown>> = {
  'the end of the session elsewhere': ({ id }) => db.session.deleteMany({ where: { userId: id } }),
  'the idle limit': ({ id }) =>
    db.session.updateMany({ where: { userId: id }, data: { expireDate: new Date(0) } }),
  deactivation: ({ id }) => db.user.update({ where: { id }, data: { isActive: false } }),
  'another password': ({ id }) => db.user.update({ where: { id }, data: { password: '!other' } }),
  'the deletion of the account': ({ id }) => db.user.delete({ where: { id } }),
};

/** What changes what somebody may do. */
export const CHANGES: Record<string, (user: User) => Promise<unknown>> = {
  'a group': async (user) => joinGroup(user, await makeGroup(`Group ${user.id}`)),
  'a permission': (user) => grant(user, 'auth.view_user'),
  'the rank of staff': ({ id }) => db.user.update({ where: { id }, data: { isStaff: true } }),
  'the rank of a superuser': ({ id }) =>
    db.user.update({ where: { id }, data: { isSuperuser: true } }),
};
