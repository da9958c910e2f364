import { defineConfig, receiver } from '@/lib/apps/define-config';
import { loginCompleted, userLoggedIn } from '@/lib/contrib/auth/signals';
import { socialAccountAdmin } from './admin';
import { checkProviderAnswers, checkProviders } from './checks';
import { clearGone } from './clear-expired';
import { checkMappedGroups } from './database-checks';
import { tellOfAllauthLinks } from './links/allauth-links';
import { takeOffer } from './links/link-offer';
import { linkWaysIn } from './links/ways-in';
import { logoutAtProvider } from './logout/after-logout';
import { ID_TOKEN_PURPOSE, moveOidcSession, noteOidcSession } from './logout/oidc-sessions';
import { palettePages, providerWays } from './sign-in-ways';
import { deleteOfUsers } from './user-deletion';
import { exportLinks } from './user-export';
import { forgetSources, membershipsByHand } from './who/by-hand';
import { providerNotes } from './who/membership-notes';

/** allauth: socialaccount/apps.py SocialAccountConfig */
export const socialAccountConfig = defineConfig('socialaccount', {
  adminAdditions: [membershipsByHand],
  admins: [socialAccountAdmin],
  checks: [checkProviders],
  databaseChecks: [checkMappedGroups],
  deployChecks: [checkProviderAnswers],
  clearExpired: [clearGone],
  encryptedColumns: [
    {
      table: 'auth_oidc_session',
      column: 'id_token',
      id: 'id',
      rowKey: 'subject',
      purpose: ID_TOKEN_PURPOSE,
    },
  ],
  logoutWays: [logoutAtProvider],
  allauthImports: [tellOfAllauthLinks],
  membershipNotes: [providerNotes],
  membershipsMoved: [forgetSources],
  paletteEntries: [{ pages: palettePages }],
  rowsOfOthers: [
    { prismaName: 'SocialAccount', table: 'socialaccount_socialtoken', column: 'account_id' },
  ],
  receivers: [receiver(userLoggedIn, noteOidcSession), receiver(loginCompleted, takeOffer)],
  sessionMoved: [moveOidcSession],
  signInWays: [providerWays],
  twoFactorMethods: ['oidc_mfa'],
  userDeletion: deleteOfUsers,
  userExport: exportLinks,
  waysIn: [linkWaysIn],
});
