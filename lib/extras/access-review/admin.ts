import { hasViewPermission } from '@/lib/contrib/admin/model-permissions';
import { defineAdmin } from '@/lib/contrib/admin/options';
import { groupAdmin } from '@/lib/contrib/auth/admin/group';
import { visibleText } from '@/lib/core/text';
import { Prisma } from '@/lib/db/client';
import { reviewPath, subjectKind } from './subject';

/** What was confirmed when and by whom, to be read; it is confirmed on the pages of what is held. */
export const accessReviewAdmin = defineAdmin('access_review.accessreview', {
  rail: { section: 'Access', order: 60 },
  str: ({ objectRepr }) => visibleText(objectRepr),
  listDisplay: ['objectRepr', 'kind', 'confirmed', 'reviewer', 'holders', 'note'],
  listFilter: ['kind', 'confirmed'],
  searchFields: ['objectRepr', 'reviewer', 'note'],
  ordering: ['-id'],
  fieldsets: [
    {
      title: null,
      fields: ['kind', 'objectRepr', 'confirmed', 'reviewer', 'holders', 'note'],
    },
  ],
  objectLinks: async ({ kind, objectId }) => {
    const held = { kind: subjectKind(kind), id: objectId };
    return [{ label: 'Who holds it now', href: reviewPath(held) }];
  },
  // Groups are named to whoever may view groups.
  getQueryset: async (user) =>
    (await hasViewPermission(user, groupAdmin)) ? Prisma.sql`TRUE` : Prisma.sql`t.kind <> 'group'`,
  hasAddPermission: () => false,
  hasChangePermission: () => false,
  hasDeletePermission: () => false,
});
