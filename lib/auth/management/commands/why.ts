import { describe, type Explanation, explain, type Source } from '@/lib/auth/explain';
import { permissions } from '@/lib/auth/managers';
import { findUserByName } from '@/lib/auth/user-model';
// Registers the backends of the project.
import '@/lib/backends';
import { type Command, CommandError, parseCommandArgs } from '@/lib/core/management/base';

/**
 * Say whether a user holds a permission, and why: one sentence, what each backend said, and for a
 * refusal everything that would grant it. Status 0 when it is held, 1 when not, 2 for an unknown user or
 * permission.
 * Django: no counterpart
 */
export const command: Command = {
  name: 'why',
  usage: 'USERNAME APP.CODENAME',
  help: 'Says whether a user holds a permission, and where it comes from.',
  async run(args, io) {
    const { positionals } = parseCommandArgs({ args, allowPositionals: true });
    const [username, perm] = positionals;
    if (username === undefined || perm === undefined || positionals.length > 2) {
      throw new CommandError('Give a username and a permission.', 2);
    }
    const user = await findUserByName(username);
    if (!user) return refuse(`There is no user '${username}'.`);
    if (!(await permissions.exists(perm))) return refuse(`There is no permission '${perm}'.`);

    const explanation = await explain(user, perm);
    io.out(describe(explanation));
    for (const line of tree(explanation)) io.out(line);
    if (explanation.allowed) return 0;
    io.out('It could come from:');
    for (const place of explanation.places) io.out(`  ${branch(place)}`);
    return 1;

    function refuse(message: string): number {
      io.err(message);
      return 2;
    }
  },
};

function tree({ isActive, isSuperuser, verdicts }: Explanation): string[] {
  return [
    `  active: ${isActive ? 'yes' : 'no'}`,
    `  superuser: ${isSuperuser ? 'yes' : 'no'}`,
    ...verdicts.flatMap(({ backend, verdict, sources }) => [
      `  ${backend}: ${verdict}`,
      ...sources.map((source) => `    ${branch(source)}`),
    ]),
  ];
}

function branch(source: Source): string {
  switch (source.kind) {
    case 'superuser':
      return 'superuser';
    case 'direct':
      return 'granted directly';
    case 'group':
      return `group ${source.name}`;
    case 'backend':
      return source.reason;
  }
}
