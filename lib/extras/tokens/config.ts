import { defineConfig, receiver } from '@/lib/apps/define-config';
import { settings } from '@/lib/conf/settings';
import { extendAdmin } from '@/lib/contrib/admin/additions';
import { passwordSet } from '@/lib/contrib/auth/signals';
import { transaction } from '@/lib/db/client';
import { serviceAccountAdmin } from './admin/service-account';
import { tokenAdmin } from './admin/token';
import { operations } from './api/operations';
import { tokenAuthenticator } from './authenticator';
import { checkServiceAccounts, checkTokens, checkTokensAreBounded } from './checks';
import { endTokensOf } from './end-tokens';
import { isServiceAccount } from './models';
import { tokensOfLeaver } from './offboarding';
import { serviceFacts } from './service-accounts/facts';
import { serviceStage } from './service-accounts/stage';
import { exportTokens } from './user-export';

/** Bearers of route handlers, screens, commands, and a stage that no program's account passes. */
export const tokensConfig = defineConfig('tokens', {
  authenticators: [tokenAuthenticator],
  loginStages: [serviceStage],
  impersonationRules: [
    async (_actor, target) =>
      (await isServiceAccount(target)) ? 'Nobody acts as a program.' : null,
  ],
  admins: [tokenAdmin, serviceAccountAdmin],
  adminAdditions: [extendAdmin('auth.user', { facts: serviceFacts })],
  operations,
  checks: [checkTokens],
  databaseChecks: [checkServiceAccounts],
  deployChecks: [checkTokensAreBounded],
  commands: {
    checktoken: () => import('./management/commands/checktoken'),
    createserviceaccount: () => import('./management/commands/createserviceaccount'),
    createtoken: () => import('./management/commands/createtoken'),
    expiretokens: () => import('./management/commands/expiretokens'),
    revoketoken: () => import('./management/commands/revoketoken'),
  },
  receivers: [
    receiver(passwordSet, async ({ user }) => {
      if (!settings.TOKENS_END_WITH_PASSWORD) return;
      await transaction((tx) => endTokensOf(tx, user.id, { reason: 'password changed' }));
    }),
  ],
  // The database takes them with a user of `auth.User`; a model of one's own may have no such key.
  userDeletion: async (tx, ids) => {
    const where = { userId: { in: [...ids] } };
    const rows = await tx.token.findMany({ where, select: { id: true } });
    const tokenId = { in: rows.map(({ id }) => id) };
    await tx.tokenPermission.deleteMany({ where: { tokenId } });
    await tx.token.deleteMany({ where });
    await tx.serviceAccount.deleteMany({ where });
  },
  offboarding: [tokensOfLeaver],
  userExport: exportTokens,
  paletteEntries: [{ pages: () => [{ label: 'Your access tokens', href: '/accounts/tokens/' }] }],
});
