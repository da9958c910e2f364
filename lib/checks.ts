import { checkAuthentication } from '@/lib/auth/checks';
import type { Check } from '@/lib/core/checks';
import { checkEnvironment, checkSecretKey, checkUnknownSettings } from '@/lib/core/settings-checks';
import { checkDatabase } from '@/lib/db/checks';
import { checkMiddleware } from '@/lib/http/checks';

/**
 * Every system check, in the order in which they run: what needs nothing first, the database last.
 * Django: core/checks/registry.py
 */
export const CHECKS: readonly Check[] = [
  checkUnknownSettings,
  checkSecretKey,
  checkEnvironment,
  checkAuthentication,
  checkMiddleware,
  checkDatabase,
];
