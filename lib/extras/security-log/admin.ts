import { defineAdmin } from '@/lib/contrib/admin/options';
import { happenedColumn } from './columns';
import { entriesTelling } from './search-detail';
import { sentenceOf } from './sentences/sentence';
import { wordsFor } from './sentences/words-for';

/** Sign-ins, refusals and changes of privileges, to be read. Nothing is taken from it. */
export const securityLogAdmin = defineAdmin('security.securitylogentry', {
  rail: { section: 'Activity' },
  str: ({ event, actorUsername }) => (actorUsername === '' ? event : `${event}: ${actorUsername}`),
  listDisplay: ['time', happenedColumn, 'ipAddress'],
  listDisplayLinks: ['event'],
  listFilter: ['event', 'time'],
  searchFields: ['actorUsername', 'targetUsername', '^ipAddress', '=event'],
  searchFurther: entriesTelling,
  ordering: ['-time'],
  async facts(row, viewer) {
    const { parts } = sentenceOf(row, await wordsFor(viewer, [row]));
    return [{ label: 'What happened', text: parts.map(({ text }) => text).join('') }];
  },
  fieldsets: [
    {
      title: null,
      fields: ['time', 'event', 'actorUsername', 'subjectUsername', 'targetUsername', 'detail'],
    },
    { title: 'From where', fields: ['ipAddress', 'userAgent', 'sessionKey'] },
  ],
});
