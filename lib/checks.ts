import { INSTALLED_APPS } from '@/lib/apps';
import { checkAuthentication, checkHashingCost } from '@/lib/auth/checks';
import { checkPasswords } from '@/lib/auth/password-checks';
import { checkPasswordReset } from '@/lib/auth/reset-checks';
import { checkStoredHashes } from '@/lib/auth/stored-hash-checks';
import { checkThrottles } from '@/lib/auth/throttling-checks';
import { checkUsernameIsUnique } from '@/lib/auth/user-model-checks';
import { checkApps } from '@/lib/contenttypes/checks';
import type { Check } from '@/lib/core/checks';
import { checkMail, checkMailIsSent } from '@/lib/core/mail/checks';
import { checkProcesses } from '@/lib/core/processes';
import {
  checkContentSecurityPolicy,
  checkSecurityMiddleware,
  checkSecuritySettings,
} from '@/lib/core/security-checks';
import {
  checkActionKey,
  checkCsrfTrustedOrigins,
  checkEnvironment,
  checkProduction,
  checkSecretKey,
  checkSecretKeyStrength,
  checkUnknownSettings,
} from '@/lib/core/settings-checks';
import { checkDatabase } from '@/lib/db/checks';
import { checkFilesArePrivate } from '@/lib/db/file-checks';
import { checkConnections, checkPool } from '@/lib/db/pool-checks';
import { checkSequences } from '@/lib/db/sequences';
import { checkMiddleware, checkRemoteUser } from '@/lib/http/checks';
import { checkSessionAges, checkSessionCookie } from '@/lib/sessions/checks';
// Registers the backends of the project.
import '@/lib/backends';

/**
 * Every system check, in the order in which they run: what needs nothing first, the database last.
 * Django: core/checks/registry.py
 */
export const CHECKS: readonly Check[] = [
  checkUnknownSettings,
  checkSecretKey,
  checkEnvironment,
  checkProcesses,
  checkPool,
  checkCsrfTrustedOrigins,
  checkContentSecurityPolicy,
  () => checkApps(INSTALLED_APPS),
  checkSessionAges,
  checkMail,
  checkAuthentication,
  checkPasswords,
  checkPasswordReset,
  checkThrottles,
  checkMiddleware,
  checkRemoteUser,
  checkDatabase,
  checkSequences,
  checkConnections,
  checkUsernameIsUnique,
  checkStoredHashes,
];

/**
 * What matters only where others can reach the server: `manage check --deploy` runs these too.
 * Django: core/checks/registry.py register(deploy=True)
 */
export const DEPLOY_CHECKS: readonly Check[] = [
  checkProduction,
  checkSecretKeyStrength,
  checkActionKey,
  checkFilesArePrivate,
  checkSecurityMiddleware,
  checkSecuritySettings,
  checkSessionCookie,
  checkHashingCost,
  checkMailIsSent,
];
