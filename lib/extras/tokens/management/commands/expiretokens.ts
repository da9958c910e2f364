import { type Command, parseCommandArgs } from '@/lib/core/management/base';
import { expireTokens } from '@/lib/extras/tokens/expire-tokens';
// Installs the user model, which is looked for below.
import '@/lib/contrib/auth/models';

/**
 * Note the tokens whose day has come and mail the owners of those that end soon, once each; to be run
 * once a day, beside `clearsessions`.
 */
export const command: Command = {
  name: 'expiretokens',
  help: 'Notes access tokens that have ended, and tells the owners of those that end soon.',
  async run(args, io) {
    parseCommandArgs({ args });
    const { ended, told } = await expireTokens();
    io.out(`${ended} ended, ${told} end soon.`);
    return 0;
  },
};
