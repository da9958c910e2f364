import { defineAdmin } from '@/lib/contrib/admin/options';

/** Who acted as whom, when and why; nothing is taken from it. */
export const impersonationAdmin = defineAdmin('hijack.impersonation', {
  rail: { section: 'Activity', order: 40 },
  str: ({ impersonatorUsername, username }) => `${impersonatorUsername} as ${username}`,
  listDisplay: ['impersonatorUsername', 'username', 'reason', 'started', 'ended', 'endedBy'],
  listFilter: ['started'],
  searchFields: ['impersonatorUsername', 'username', 'reason'],
  ordering: ['-started'],
  fieldsets: [
    {
      title: null,
      fields: ['impersonatorUsername', 'username', 'reason', 'started', 'ended', 'endedBy'],
    },
  ],
  hasAddPermission: () => false,
});
