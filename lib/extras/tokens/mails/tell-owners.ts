import { sendMailQuietly } from '@/lib/contrib/auth/passwords/password-reset';
import { users } from '@/lib/contrib/auth/users/managers';
import { type TokenNews, tokenMail } from './token-mail';

type Told = { userId: number; name: string; start: string; expires?: Date | null };

/**
 * Tell the owners of tokens by mail what became of them; those without an address are told nothing.
 * For the time after the answer: a mail that fails is a line in the log.
 */
export async function tellOwners(
  tokens: readonly Told[],
  news: TokenNews,
  origin?: string,
): Promise<void> {
  for (const token of tokens) {
    const owner = await users.getById(token.userId);
    if (owner) await sendMailQuietly(owner, tokenMail(owner, token, news, origin));
  }
}
