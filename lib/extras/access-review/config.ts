import { defineConfig } from '@/lib/apps/define-config';
import { extendAdmin } from '@/lib/contrib/admin/additions';
import { accessReviewAdmin } from './admin';
import { reviewNote } from './holder-note';
import { forgetPeople } from './people-forgotten';
import { reviewPath } from './subject';
import { exportReviews } from './user-export';

/** Confirmations on the pages of permissions and groups, a list of all of them, and who holds what as a file. */
export const accessReviewConfig = defineConfig('access-review', {
  admins: [accessReviewAdmin],
  adminAdditions: [
    extendAdmin('auth.permission', {
      objectLinks: async ({ id }, user) =>
        (await user.hasPerm('auth.view_user'))
          ? [{ label: 'Access review', href: reviewPath({ kind: 'permission', id }), order: 10 }]
          : [],
    }),
    extendAdmin('auth.group', {
      objectLinks: async ({ id }, user) =>
        (await user.hasPerm('auth.view_user'))
          ? [{ label: 'Access review', href: reviewPath({ kind: 'group', id }), order: 10 }]
          : [],
    }),
  ],
  holderNotes: [reviewNote],
  userDeletion: forgetPeople,
  userExport: exportReviews,
});
