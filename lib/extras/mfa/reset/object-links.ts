import { extendAdmin } from '@/lib/contrib/admin/additions';
import { RESET_PERMISSION } from './may-reset';
import { factorsPath } from './ticket-cookie';

/** From a person to their second factors, for whoever may reset them. */
export const objectLinks = [
  extendAdmin('auth.user', {
    objectLinks: async ({ id }, user) =>
      (await user.hasPerm(RESET_PERMISSION))
        ? [{ label: 'Second factors', href: factorsPath(id), order: -5, kind: 'tab' }]
        : [],
  }),
];
