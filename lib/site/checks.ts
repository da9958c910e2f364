import { INSTALLED_APPS } from '@/lib/apps/installed';
import { checkAuthentication, checkHashingCost } from '@/lib/contrib/auth/checks';
import { checkPasswords } from '@/lib/contrib/auth/password-validation/checks';
import { checkPasswordReset } from '@/lib/contrib/auth/passwords/reset-checks';
import { checkStoredHashes } from '@/lib/contrib/auth/passwords/stored-hash-checks';
import { checkRemoteUser } from '@/lib/contrib/auth/remote-user/checks';
import { checkUsernameIsUnique } from '@/lib/contrib/auth/users/user-model-checks';
import { checkUserTables } from '@/lib/contrib/auth/users/user-table-checks';
import { checkApps } from '@/lib/contrib/contenttypes/checks';
import { checkSessionAges, checkSessionCookie } from '@/lib/contrib/sessions/checks';
import type { SystemCheck } from '@/lib/core/checks/registry';
import {
  checkContentSecurityPolicy,
  checkSecurityMiddleware,
  checkSecuritySettings,
} from '@/lib/core/checks/security';
import {
  checkActionKey,
  checkCsrfTrustedOrigins,
  checkEnvironment,
  checkProduction,
  checkSecretKey,
  checkSecretKeyStrength,
  checkUnknownSettings,
} from '@/lib/core/checks/settings';
import { checkMail, checkMailIsSent } from '@/lib/core/mail/checks';
import { checkProcesses } from '@/lib/core/processes';
import { checkDatabase } from '@/lib/db/checks';
import { checkFilesArePrivate } from '@/lib/db/file-checks';
import { checkConnections, checkPool } from '@/lib/db/pool-checks';
import { checkEncryptedColumns } from '@/lib/db/secrets/encrypted-column-checks';
import { checkSequences } from '@/lib/db/sequences';
import { checkThrottles } from '@/lib/extras/throttling/checks';
import { checkMiddleware } from '@/lib/middleware/checks';
import { MIDDLEWARE_REGISTRY } from '@/lib/site/middleware';
// Registers the backends of the project.
import '@/lib/site/backends';

/**
 * Every system check, in the order in which they run: what needs nothing first, the database last.
 * Django: core/checks/registry.py
 */
export const CHECKS: readonly SystemCheck[] = [
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
  () => checkMiddleware(MIDDLEWARE_REGISTRY),
  checkRemoteUser,
  checkDatabase,
  checkSequences,
  checkConnections,
  checkUsernameIsUnique,
  checkUserTables,
  checkStoredHashes,
];

/**
 * What matters only where others can reach the server: `manage check --deploy` runs these too.
 * Django: core/checks/registry.py register(deploy=True)
 */
export const DEPLOY_CHECKS: readonly SystemCheck[] = [
  checkProduction,
  checkSecretKeyStrength,
  checkActionKey,
  checkFilesArePrivate,
  checkSecurityMiddleware,
  checkSecuritySettings,
  checkSessionCookie,
  checkHashingCost,
  checkMailIsSent,
  checkEncryptedColumns,
];
