import { loadCatalogue } from '@/lib/contrib/auth/permissions/permission-catalogue';
import { findUserByName } from '@/lib/contrib/auth/users/user-model';
import { type Command, CommandError, parseCommandArgs } from '@/lib/core/management/base';
import { explainWhy, type Step } from '@/lib/extras/why/reason-tree';
import { fixWords } from '@/lib/extras/why/remedies';

/**
 * Say whether a user holds a permission, and why, as the admin's page does: one sentence, the tree of
 * reasons, and for a refusal what the user holds on the same model and what would end it. Status 0
 * when it is held, 1 when not, 2 for an unknown user or permission.
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
    const catalogue = await loadCatalogue();
    if (!catalogue.some((each) => each.perm === perm)) {
      return refuse(`There is no permission '${perm}'.`);
    }

    const why = await explainWhy(user, { perm, catalogue });
    io.out(why.sentence);
    for (const line of linesOf(why.steps)) io.out(line);
    if (why.allowed) return 0;
    if (why.nearest.length > 0) {
      io.out(`On the same model: ${why.nearest.map((held) => held.perm).join(', ')}.`);
    }
    io.out(why.fixes.length > 0 ? 'Any of these would change it:' : 'No grant would change it.');
    for (const fix of why.fixes) io.out(`  ${fixWords(fix)}`);
    return 1;

    function refuse(message: string): number {
      io.err(message);
      return 2;
    }
  },
};

function linesOf(steps: readonly Step[], indent = '  '): string[] {
  return steps.flatMap(({ label, mark, note, steps: below }) => [
    `${indent}${label}: ${mark}${note === '' ? '' : `, ${note}`}`,
    ...linesOf(below, `${indent}  `),
  ]);
}
