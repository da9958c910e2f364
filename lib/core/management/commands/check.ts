import { type CheckMessage, formatCheckMessage, runChecks } from '@/lib/core/checks/registry';
import { type Command, CommandError, parseCommandArgs } from '@/lib/core/management/base';
import { deployChecks, systemChecks } from '@/lib/site/checks';

/** Django's levels, gravest first; nothing here is critical, information or for debugging. */
const LEVELS = ['CRITICAL', 'ERROR', 'WARNING', 'INFO', 'DEBUG'];

/**
 * Run the system checks that also run when the server starts, and with `--deploy` those that matter
 * in public. Status 1 if any finding is as grave as `--fail-level`, an error unless told.
 * Django: core/management/commands/check.py
 */
export const command: Command = {
  name: 'check',
  usage: '[--deploy] [--fail-level LEVEL]',
  help: 'Checks settings, environment and database, and says what to do.',
  async run(args, io) {
    const { values } = parseCommandArgs({
      args,
      options: {
        deploy: { type: 'boolean' },
        'fail-level': { type: 'string', default: 'ERROR' },
      },
    });
    const failLevel = LEVELS.indexOf(values['fail-level']);
    if (failLevel === -1) throw new CommandError(`--fail-level is one of ${LEVELS.join(', ')}.`, 2);
    const found = await runChecks([...systemChecks(), ...(values.deploy ? deployChecks() : [])]);
    for (const message of found) io.err(formatCheckMessage(message));
    if (found.length === 0) io.out('System check identified no issues.');
    else io.err(`System check identified ${found.length} issue(s).`);
    return found.some((message) => gravityOf(message) <= failLevel) ? 1 : 0;
  },
};

function gravityOf({ level }: CheckMessage): number {
  return LEVELS.indexOf(level.toUpperCase());
}
