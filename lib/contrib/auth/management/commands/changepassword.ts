import { logSecurityEvent } from '@/lib/contrib/auth/events/security-events';
import { getSystemUsername } from '@/lib/contrib/auth/management/default-username';
import type { User } from '@/lib/contrib/auth/models';
import { validatePassword } from '@/lib/contrib/auth/password-validation';
import { findUserByName } from '@/lib/contrib/auth/users/user-model';
// Installs the user model, which is looked for below.
import '@/lib/contrib/auth/models';
import {
  type Command,
  CommandError,
  type CommandIo,
  parseCommandArgs,
} from '@/lib/core/management/base';

const MAX_TRIES = 3;

/**
 * Ask twice for a new password and store it. The user's sessions end at their next request, since
 * they carry a hash of the former password. Without an argument the user has the name of whoever
 * runs the process. Three tries that differ or that a validator refuses, or a blank answer, change
 * nothing.
 * Django: contrib/auth/management/commands/changepassword.py
 */
export const command: Command = {
  name: 'changepassword',
  usage: '[USERNAME]',
  help: 'Changes the password of a user.',
  async run(args, io) {
    const { positionals } = parseCommandArgs({ args, allowPositionals: true });
    if (positionals.length > 1) throw new CommandError('Give one username only.', 2);
    const username = positionals[0] ?? getSystemUsername();
    const user = await findUserByName(username);
    if (!user) throw new CommandError(`There is no user '${username}'.`);
    io.out(`Changing the password of '${username}'.`);
    await user.setPassword(await askPassword(user, io));
    await user.save(['password']);
    const detail = { proof: 'command' };
    await logSecurityEvent({ name: 'authn_password_change', target: user, detail });
    io.out(`The password of '${username}' is changed.`);
    return 0;
  },
};

async function askPassword(user: User, io: CommandIo): Promise<string> {
  for (let tries = 0; tries < MAX_TRIES; tries += 1) {
    const password = await io.prompt('Password: ', { hidden: true });
    if (password === '') throw new CommandError('Aborted.');
    const again = await io.prompt('Password (again): ', { hidden: true });
    const errors =
      password === again ? await validatePassword(password, user) : ['The two passwords differ.'];
    if (errors.length === 0) return password;
    for (const error of errors) io.err(error);
  }
  throw new CommandError(
    `The password of '${user.getUsername()}' stays: ${MAX_TRIES} tries failed.`,
  );
}
