import { defineAdmin } from '@/lib/contrib/admin/options';

/** Sign-ins, refusals and changes of privileges, to be read. Nothing is taken from it. */
export const securityLogAdmin = defineAdmin('security.securitylogentry', {
  rail: { section: 'Activity' },
  str: ({ event, actorUsername }) => (actorUsername === '' ? event : `${event}: ${actorUsername}`),
  listDisplay: [
    'time',
    'event',
    'actorUsername',
    'subjectUsername',
    'targetUsername',
    'ipAddress',
    'detail',
  ],
  listFilter: ['event', 'time'],
  searchFields: ['actorUsername', 'targetUsername', '^ipAddress', '=event'],
  ordering: ['-time'],
  fieldsets: [
    {
      title: null,
      fields: ['time', 'event', 'actorUsername', 'subjectUsername', 'targetUsername', 'detail'],
    },
    { title: 'From where', fields: ['ipAddress', 'userAgent', 'sessionKey'] },
  ],
});
