import { checkInstalledApps } from '@/lib/apps/checks';
import { installedApps } from '@/lib/apps/installed';
import { brought } from '@/lib/apps/registry';
import { checkApps } from '@/lib/contrib/contenttypes/checks';
import { type CheckMessage, runChecks, type SystemCheck } from '@/lib/core/checks/registry';
import {
  checkContentSecurityPolicy,
  checkSecurityMiddleware,
  checkSecuritySettings,
} from '@/lib/core/checks/security';
import {
  checkActionKey,
  checkBasePath,
  checkCsrfTrustedOrigins,
  checkEnvironment,
  checkProduction,
  checkSecretKey,
  checkSecretKeyStrength,
  checkUnknownSettings,
} from '@/lib/core/checks/settings';
import { checkMail, checkMailIsSent } from '@/lib/core/mail/checks';
import { checkProcesses } from '@/lib/core/processes';
import { checkSequences } from '@/lib/db/catalogue/sequences';
import { checkDatabase } from '@/lib/db/checks';
import { checkFilesArePrivate } from '@/lib/db/file-checks';
import { checkConnections, checkPool } from '@/lib/db/pool-checks';
import { checkEncryptedColumns } from '@/lib/db/secrets/encrypted-column-checks';
import { checkMiddleware } from '@/lib/middleware/checks';
import { MIDDLEWARE_REGISTRY } from '@/lib/site/middleware';
// Takes in what the apps bring.
import '@/lib/site/app-configs';

/**
 * Every system check, in the order in which they run: what needs nothing first, then what the
 * installed apps bring, the database last.
 * Django: core/checks/registry.py
 */
export function systemChecks(): readonly SystemCheck[] {
  return [
    checkUnknownSettings,
    checkSecretKey,
    checkEnvironment,
    () => checkBasePath(),
    checkProcesses,
    checkPool,
    checkCsrfTrustedOrigins,
    checkContentSecurityPolicy,
    () => checkInstalledApps(),
    () => checkApps(installedApps()),
    checkMail,
    ...brought('checks'),
    () => checkMiddleware(MIDDLEWARE_REGISTRY),
    checkDatabaseAndRows,
  ];
}

// What the tables hold is asked only where there are tables to ask.
async function checkDatabaseAndRows(): Promise<CheckMessage[]> {
  const found = await checkDatabase();
  if (found.some(({ level }) => level === 'error')) return found;
  const further = [checkSequences, checkConnections, ...brought('databaseChecks')];
  return [...found, ...(await runChecks(further))];
}

/**
 * What matters only where others can reach the server: `manage check --deploy` runs these too.
 * Django: core/checks/registry.py register(deploy=True)
 */
export function deployChecks(): readonly SystemCheck[] {
  return [
    checkProduction,
    checkSecretKeyStrength,
    checkActionKey,
    checkFilesArePrivate,
    checkSecurityMiddleware,
    checkSecuritySettings,
    ...brought('deployChecks'),
    checkMailIsSent,
    checkEncryptedColumns,
  ];
}
