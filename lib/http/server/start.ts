import { settings } from '@/lib/conf/settings';
import { formatCheckMessage, runChecks, type SystemCheck } from '@/lib/core/checks/registry';
import { ImproperlyConfigured } from '@/lib/core/exceptions';
import { captureConsole } from '@/lib/core/log/captured-console';
import { isFirstProcess, reportReady } from '@/lib/core/processes';
import { requestFields } from './request-error';
import { installRequestHook, type RemoteUserHeader } from './request-hook';
import { installShutdown } from './shutdown';

/**
 * What happens once when a process of the server starts: in the first the system checks, each error
 * of which is printed and ends the process; the console as part of the log, the request hook and the
 * orderly end. A throw here would
 * leave a server that answers 500 to everything, so the process exits by itself.
 * Django: runserver's and wsgi's system checks
 */
export async function start(
  checks: readonly SystemCheck[],
  remoteUserHeader: RemoteUserHeader,
): Promise<void> {
  const found = isFirstProcess() ? await runChecks(checks).catch(giveUp) : [];
  for (const message of found) console.error(formatCheckMessage(message));
  if (found.some(({ level }) => level === 'error')) process.exit(1);
  captureConsole(requestFields);
  installRequestHook(remoteUserHeader);
  if (!settings.DEBUG) installShutdown();
  reportReady();
}

// A check that could not be made is the mistake of whoever wrote it, or of a setting that it reads.
function giveUp(error: unknown): never {
  console.error(error instanceof ImproperlyConfigured ? error.message : error);
  process.exit(1);
}
