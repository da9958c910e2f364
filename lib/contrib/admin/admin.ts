import { changeMessageText } from '@/lib/contrib/admin/change-message';
import { defineAdmin } from '@/lib/contrib/admin/options';
import { getUserModel } from '@/lib/contrib/auth/users/user-model';

/** What everybody did in the admin, to be read. Entries go with the users who made them. */
export const logEntryAdmin = defineAdmin('admin.logentry', {
  rail: { section: 'Activity', order: 10 },
  str: ({ objectRepr, actionFlag }) => `${WORDS[actionFlag] ?? 'Done to'} “${objectRepr}”`,
  listDisplay: [
    'actionTime',
    'user',
    'contentType',
    'objectRepr',
    'actionFlag',
    {
      name: 'change_message',
      label: 'Change message',
      value: ({ changeMessage }) => changeMessage && changeMessageText(changeMessage),
    },
  ],
  listFilter: ['actionFlag', 'actionTime', 'contentType'],
  get searchFields() {
    return ['objectRepr', `user__${getUserModel().USERNAME_FIELD}`];
  },
  ordering: ['-actionTime'],
  fieldsets: [
    {
      title: null,
      fields: [
        'actionTime',
        'user',
        'contentType',
        'objectId',
        'objectRepr',
        'actionFlag',
        'changeMessage',
      ],
    },
  ],
  hasAddPermission: () => false,
  hasChangePermission: () => false,
  hasDeletePermission: () => false,
  isDeletedWithOthers: true,
});

const WORDS: Record<number, string> = { 1: 'Added', 2: 'Changed', 3: 'Deleted' };
