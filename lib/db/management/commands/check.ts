import { CHECKS } from '@/lib/checks';
import { formatCheckMessage, runChecks } from '@/lib/core/checks';
import { type Command, parseCommandArgs } from '@/lib/core/management/base';

/**
 * Run the system checks that also run when the server starts; status 1 if any of them is an error.
 * Django: core/management/commands/check.py
 */
export const command: Command = {
  name: 'check',
  help: 'Checks settings, environment and database, and says what to do.',
  async run(args, io) {
    parseCommandArgs({ args, options: {} });
    const found = await runChecks(CHECKS);
    for (const message of found) io.err(formatCheckMessage(message));
    const errors = found.filter(({ level }) => level === 'error').length;
    if (found.length === 0) io.out('System check identified no issues.');
    else io.err(`System check identified ${found.length} issue(s).`);
    return errors > 0 ? 1 : 0;
  },
};
