import { type Command, parseCommandArgs } from '@/lib/core/management/base';
import { loadToken } from '@/lib/extras/tokens/load-token';
import { isAlive } from '@/lib/extras/tokens/models';
import { isTokenText, TOKEN_PATTERN } from '@/lib/extras/tokens/token-text';
// Installs the user model, which is looked for below.
import '@/lib/contrib/auth/models';

/**
 * Say what a token that was found somewhere is: whose, what it carries, whether it is good. It is read
 * from where a person types or from standard input, never from the arguments, which others see. Status 0 for a good one, 1
 * for an ended one and what is none.
 */
export const command: Command = {
  name: 'checktoken',
  help: 'Says whose an access token is that somebody found; it is asked for.',
  async run(args, io) {
    parseCommandArgs({ args });
    const typed = await io.prompt('Token: ', { hidden: true });
    const [text = ''] = TOKEN_PATTERN.exec(typed) ?? [];
    if (!isTokenText(text)) {
      io.err('This is no token of ours: its form or its checksum is wrong.');
      return 1;
    }
    const found = await loadToken(text);
    if (!found) {
      io.err('There is no such token.');
      return 1;
    }
    const { token, user } = found;
    const isGood = isAlive(token) && user.isActive;
    io.out(
      `${token.start}… is ${user.getUsername()}'s “${token.name}”, ${isGood ? 'good' : 'ended'}.`,
    );
    io.out(
      `It carries ${token.isFull ? 'everything' : token.permissions.join(', ') || 'nothing'}.`,
    );
    if (isGood) io.out(`End it: npm run manage -- revoketoken ${token.start}`);
    return isGood ? 0 : 1;
  },
};
