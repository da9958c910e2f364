import type { Offboarding } from '@/lib/contrib/auth/account/offboarding';
import { db } from '@/lib/db/client';

/** Browsers that skip the second factor ask for it again; the factors stay, for who comes back. */
export const trustOfLeaver: Offboarding = {
  ends: async (userId) => [
    {
      one: 'trusted browser',
      many: 'trusted browsers',
      count: await db.trustedBrowser.count({ where: { userId } }),
    },
  ],
  async end(tx, { user }) {
    const { count } = await tx.trustedBrowser.deleteMany({ where: { userId: user.id } });
    return { trustsEnded: count };
  },
};
