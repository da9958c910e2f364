import { findUserByName } from '@/lib/contrib/auth/users/user-model';
import { ValidationError } from '@/lib/core/exceptions';
import { type Command, CommandError, parseCommandArgs } from '@/lib/core/management/base';
import { createServiceAccount } from '@/lib/extras/tokens/service-accounts/create-service-account';
// Installs the user model, which is looked for below.
import '@/lib/contrib/auth/models';

/**
 * Make an account of a program: a user to whom nobody can sign in, with somebody who answers for it.
 * Groups and permissions are given to it in the admin, tokens by `createtoken`.
 */
export const command: Command = {
  name: 'createserviceaccount',
  usage: 'USERNAME --owner USERNAME --purpose …',
  help: 'Makes an account that only programs use.',
  async run(args, io) {
    const { values, positionals } = parseCommandArgs({
      args,
      options: { owner: { type: 'string' }, purpose: { type: 'string' } },
      allowPositionals: true,
    });
    const [username, ...rest] = positionals;
    const { owner: ownerName, purpose } = values;
    if (!username || !ownerName || !purpose || rest.length > 0) {
      throw new CommandError('Give a username, --owner and --purpose.', 2);
    }
    const owner = await findUserByName(ownerName);
    if (!owner) throw new CommandError(`There is no user '${ownerName}'.`);
    await createServiceAccount({ username, purpose: purpose.slice(0, 200) }, owner).catch(explain);
    io.out(`Made ${username}. Give it groups in the admin, and a token: createtoken ${username}`);
    return 0;
  },
};

function explain(error: unknown): never {
  if (error instanceof ValidationError) throw new CommandError(error.message);
  throw error;
}
