import { findUserByName } from '@/lib/contrib/auth/users/user-model';
import { ValidationError } from '@/lib/core/exceptions';
import { type Command, CommandError, parseCommandArgs } from '@/lib/core/management/base';
import { createToken } from '@/lib/extras/tokens/create-token';
import { endOfDay } from '@/lib/extras/tokens/forms';
import { parseNetworks } from '@/lib/extras/tokens/networks';
// Installs the user model, which is looked for below.
import '@/lib/contrib/auth/models';

const OPTIONS = {
  name: { type: 'string' },
  perm: { type: 'string', multiple: true },
  expires: { type: 'string' },
  networks: { type: 'string' },
  full: { type: 'boolean' },
} as const;

/**
 * Make a token of somebody's, a service account's say, and print it, which is the only time that it
 * can be read. It carries nothing that its owner does not hold.
 * Django REST framework: drf_create_token
 */
export const command: Command = {
  name: 'createtoken',
  usage: 'USERNAME --perm APP.CODENAME … --expires YYYY-MM-DD [--name …] [--networks …] [--full]',
  help: 'Makes an access token and prints it, once.',
  async run(args, io) {
    const { values, positionals } = parseCommandArgs({
      args,
      options: OPTIONS,
      allowPositionals: true,
    });
    const [username, ...rest] = positionals;
    if (username === undefined || rest.length > 0) throw new CommandError('Give a username.', 2);
    const owner = await findUserByName(username);
    if (!owner) throw new CommandError(`There is no user '${username}'.`);
    const networks = parseNetworks(values.networks ?? '');
    if (networks === null) throw new CommandError('--networks names something else.', 2);
    const expires = values.expires === undefined ? null : endOfDay(values.expires);
    if (values.expires !== undefined && expires === null) {
      throw new CommandError('--expires is a day, YYYY-MM-DD.', 2);
    }
    const draft = {
      name: values.name ?? 'made by manage createtoken',
      permissions: values.perm ?? [],
      networks,
      expires,
      isFull: values.full ?? false,
    };
    const text = await createToken(owner, draft, { command: 'createtoken' }).catch(explain);
    io.err('Keep it now: it cannot be shown again.');
    io.out(text);
    return 0;
  },
};

function explain(error: unknown): never {
  if (error instanceof ValidationError) throw new CommandError(error.message);
  throw error;
}
