import { type Command, CommandError, parseCommandArgs } from '@/lib/core/management/base';
import { transaction } from '@/lib/db/client';
import { endTokens } from '@/lib/extras/tokens/end-tokens';
import { tellOwners } from '@/lib/extras/tokens/mails/tell-owners';
import { findTokensByStart } from '@/lib/extras/tokens/models';
// Installs the user model, which is looked for below.
import '@/lib/contrib/auth/models';

/**
 * End the tokens of this start, at once: what a log or a list calls a token. Whoever has the whole
 * token gives it to `checktoken` instead, so that it stands in no history of a shell.
 */
export const command: Command = {
  name: 'revoketoken',
  usage: 'START',
  help: 'Ends the access token that begins so.',
  async run(args, io) {
    const { positionals } = parseCommandArgs({ args, allowPositionals: true });
    const [start = '', ...rest] = positionals;
    if (!/^gth_[0-9A-Za-z]{6}$/.test(start) || rest.length > 0) {
      throw new CommandError('Give the first ten characters of one token, gth_…', 2);
    }
    const found = await findTokensByStart(start);
    if (found.length === 0) throw new CommandError(`No token begins with ${start}.`);
    const ids = found.map(({ id }) => id);
    const ended = await transaction((tx) => endTokens(tx, ids, { reason: 'command' }));
    await tellOwners(ended, 'ended');
    io.out(ended.length === 0 ? 'It had ended already.' : `Ended ${ended.length}.`);
    return 0;
  },
};
