import { CHECKS } from '@/lib/checks';
import { formatCheckMessage, runChecks } from '@/lib/core/checks';
import { installRequestHook } from './request-hook';

/**
 * What happens once when the server starts: the system checks, each error of which is printed and
 * ends the process, and the request hook. A throw here would leave a server that answers 500 to
 * everything, so the process exits by itself.
 * Django: runserver's and wsgi's system checks
 */
export async function start(): Promise<void> {
  const found = await runChecks(CHECKS);
  for (const message of found) console.error(formatCheckMessage(message));
  if (found.some(({ level }) => level === 'error')) process.exit(1);
  installRequestHook();
}
