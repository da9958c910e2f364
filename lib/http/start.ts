import { CHECKS } from '@/lib/checks';
import { settings } from '@/lib/conf/settings';
import { formatCheckMessage, runChecks } from '@/lib/core/checks';
import { isFirstProcess, reportReady } from '@/lib/core/processes';
import { installRequestHook } from './request-hook';
import { installShutdown } from './shutdown';

/**
 * What happens once when a process of the server starts: in the first the system checks, each error
 * of which is printed and ends the process; the request hook and the orderly end. A throw here would
 * leave a server that answers 500 to everything, so the process exits by itself.
 * Django: runserver's and wsgi's system checks
 */
export async function start(): Promise<void> {
  const found = isFirstProcess() ? await runChecks(CHECKS) : [];
  for (const message of found) console.error(formatCheckMessage(message));
  if (found.some(({ level }) => level === 'error')) process.exit(1);
  installRequestHook();
  if (!settings.DEBUG) installShutdown();
  reportReady();
}
