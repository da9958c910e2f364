import type { Offboarding } from '@/lib/contrib/auth/account/offboarding';
import { db } from '@/lib/db/client';
import { endTokensOf } from './end-tokens';

/** Tokens end with whoever made them; programs that they answer for go on and want another owner. */
export const tokensOfLeaver: Offboarding = {
  ends: async (userId) => [
    {
      one: 'access token',
      many: 'access tokens',
      count: await db.token.count({ where: { userId, revoked: null } }),
    },
  ],
  owns: async (ownerId) => [
    {
      one: 'service account',
      many: 'service accounts',
      count: await db.serviceAccount.count({ where: { ownerId } }),
    },
  ],
  async end(tx, { user, actor, request }) {
    const ending = { reason: 'offboarded', request, ...(actor && { actor }) };
    return { tokensEnded: (await endTokensOf(tx, user.id, ending)).length };
  },
};
