import { defineConfig } from '@/lib/apps/define-config';
import { OVERVIEW_PATH } from './addresses';
import { admitWithFactor } from './admission';
import { importFactors } from './allauth/import-factors';
import { checkFactorSettings, checkRules, checkSuperusers } from './checks';
import { clearExpiredFactors } from './clear-expired';
import { codeConfirmation } from './confirmations';
import { TOTP_PURPOSE } from './factors/totp-secrets';
import { trustOfLeaver } from './offboarding';
import { passkeyWaysIn } from './passkey-ways';
import { passkeyAdmin } from './passkeys/admin';
import { checkPasskeys } from './passkeys/checks';
import { passkeyConfirmation } from './passkeys/confirmation';
import { passkeyCard, passkeyWay } from './passkeys/offer';
import { userFacts } from './possession';
import { objectLinks } from './reset/object-links';
import { mfaStages } from './stages';
import { deleteOfUsers } from './user-deletion';
import { exportFactors } from './user-export';

/** Stages of a sign-in, what is asked of whoever is signed in, a confirmation, the reset. */
export const mfaConfig = defineConfig('mfa', {
  accountCards: [passkeyCard],
  adminAdditions: objectLinks,
  allauthImports: [importFactors],
  admins: [passkeyAdmin],
  admissions: [admitWithFactor],
  checks: [checkFactorSettings, checkPasskeys],
  databaseChecks: [checkRules],
  deployChecks: [checkSuperusers],
  clearExpired: [clearExpiredFactors],
  commands: {
    resetmfa: () => import('./management/commands/resetmfa'),
  },
  confirmations: [codeConfirmation, passkeyConfirmation],
  encryptedColumns: [
    { table: 'auth_totp', column: 'secret', id: 'id', rowKey: 'user_id', purpose: TOTP_PURPOSE },
  ],
  loginStages: mfaStages,
  paletteEntries: [{ pages: () => [{ label: 'Second factors', href: OVERVIEW_PATH }] }],
  signInWays: [passkeyWay],
  powerfulPermissions: ['mfa.reset_factors'],
  offboarding: [trustOfLeaver],
  userDeletion: deleteOfUsers,
  userExport: exportFactors,
  userFacts,
  waysIn: [passkeyWaysIn],
});
