import { defineApp } from '@/lib/apps/define-app';

/**
 * Somebody confirms that those who hold a permission, or are in a group, do so rightly; who was added
 * since then is told apart.
 * Django: no counterpart; access reviews of Microsoft Entra and of ISO 27001, A.5.18
 */
export const accessReviewApp = defineApp({
  label: 'access-review',
  verboseName: 'Access reviews',
  requires: ['auth', 'sessions', 'messages', 'admin', 'export'],
  models: {
    accessreview: {
      appLabel: 'access_review',
      verboseName: 'access review',
      defaultPermissions: ['add', 'view'],
      fields: {
        kind: {
          verboseName: 'what',
          choices: [
            ['permission', 'Permission'],
            ['group', 'Group'],
          ],
        },
        objectRepr: { verboseName: 'name' },
        reviewer: { verboseName: 'confirmed by' },
        confirmed: { verboseName: 'confirmed' },
        holders: { verboseName: 'people' },
      },
    },
    accessreviewholder: {
      appLabel: 'access_review',
      verboseName: 'confirmed holder',
      defaultPermissions: [],
    },
  },
  settings: {
    /** People of one confirmation at most: each of them is a row, and somebody has to read their names. */
    ACCESS_REVIEW_MOST: 5_000,
  },
});
