import { type Command, parseCommandArgs } from '@/lib/core/management/base';
import { deleteDueAccounts } from '@/lib/extras/account/deletion/due-deletions';
import { remindInvited } from '@/lib/extras/account/invitations/remind';
import { clearRetired } from '@/lib/extras/account/username/retired';

/**
 * Delete the accounts whose owners asked for it and had their time to think, remind whose invitation is
 * over within a day, and free the usernames that were kept long enough. For once a day.
 * Django: no counterpart; clearsessions
 */
export const command: Command = {
  name: 'clearaccounts',
  help: 'Deletes accounts as their owners asked, reminds of invitations that end, and frees former usernames.',
  async run(args, io) {
    parseCommandArgs({ args, options: {} });
    const deleted = await deleteDueAccounts();
    const reminded = await remindInvited();
    await clearRetired();
    io.out(
      `Deleted ${deleted === 1 ? '1 account' : `${deleted} accounts`}, sent ${reminded === 1 ? '1 reminder' : `${reminded} reminders`}.`,
    );
    return 0;
  },
};
