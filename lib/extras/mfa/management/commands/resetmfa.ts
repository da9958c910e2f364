import { findUserByName } from '@/lib/contrib/auth/users/user-model';
import { type Command, CommandError, parseCommandArgs } from '@/lib/core/management/base';
import { resetByCommand } from '@/lib/extras/mfa/reset/reset-factors';
// Installs the user model, which is looked for below.
import '@/lib/contrib/auth/models';

/**
 * Remove somebody's second factors, trusted browsers and sessions, and print the ticket with which
 * they set up another at their next sign-in.
 * Django: no counterpart; django-two-factor-auth two_factor_disable
 */
export const command: Command = {
  name: 'resetmfa',
  usage: 'USERNAME',
  help: "Resets somebody's second factors, and prints the ticket for new ones.",
  async run(args, io) {
    const { positionals } = parseCommandArgs({ args, options: {}, allowPositionals: true });
    const [username, ...rest] = positionals;
    if (username === undefined || rest.length > 0) throw new CommandError('Give one username.', 2);
    const user = await findUserByName(username);
    if (!user) throw new CommandError(`There is no user '${username}'.`);
    const ticket = await resetByCommand(user);
    io.out(`The second factors of '${username}' are reset, and their sessions have ended.`);
    io.out(`Hand them this ticket; their next sign-in asks for it: ${ticket}`);
    return 0;
  },
};
