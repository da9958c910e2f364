import { type Command, CommandError, parseCommandArgs } from '@/lib/core/management/base';
import { describeWait } from '@/lib/core/wait';
import { type CountedTries, liftThrottle, listAttempts } from '@/lib/extras/throttling/list';

/** Show who must wait before trying again, and let somebody try at once. */
export const command: Command = {
  name: 'throttle',
  usage: 'list [USERNAME-OR-ADDRESS …] | lift USERNAME-OR-ADDRESS',
  help: 'Lists the tries that are counted, those of the given names by name, or forgets those of an account, mail or IP address.',
  async run(args, io) {
    const { positionals } = parseCommandArgs({ args, options: {}, allowPositionals: true });
    const [verb, ...names] = positionals;
    const [who, ...rest] = names;
    if (verb === 'list') {
      const counted = await listAttempts(names);
      if (counted.length === 0) io.out('Nothing is counted.');
      for (const entry of counted) io.out(lineOf(entry));
      return 0;
    }
    if (verb !== 'lift' || !who || rest.length > 0) {
      throw new CommandError('Say list and any names, or lift and one username or address.', 2);
    }
    const count = await liftThrottle(who);
    io.out(count === 0 ? `Nothing is counted for ${who}.` : `${who} may try again at once.`);
    return 0;
  },
};

function lineOf({ kind, scope, who, tries, refused, blockedUntil }: CountedTries): string {
  const wait = blockedUntil
    ? `may try again ${describeWait(Math.ceil((blockedUntil.getTime() - Date.now()) / 1000))}`
    : 'need not wait';
  return `${kind} ${scope} ${who}: ${tries} tries, ${refused} refused, ${wait}`;
}
