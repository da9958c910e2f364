import { settings } from '@/lib/conf/settings';
import { type CheckMessage, checkError } from '@/lib/core/checks/registry';

/**
 * A PASSWORD_RESET_TIMEOUT that is no number of seconds, or a TIME_ZONE that does not exist: tokens
 * could neither be made nor checked.
 * Django: conf/__init__.py Settings (TIME_ZONE)
 */
export function checkPasswordReset(): CheckMessage[] {
  const found: CheckMessage[] = [];
  const timeout = settings.PASSWORD_RESET_TIMEOUT;
  if (!Number.isSafeInteger(timeout) || timeout < 0) {
    const message = 'PASSWORD_RESET_TIMEOUT must be a natural number of seconds.';
    found.push(checkError('auth.E106', message, 'Set it to 259200, its default of three days.'));
  }
  if (!isTimeZone(settings.TIME_ZONE)) {
    const message = `TIME_ZONE is "${settings.TIME_ZONE}", which does not exist.`;
    found.push(checkError('auth.E107', message, 'Use a name such as UTC or Europe/Berlin.'));
  }
  return found;
}

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).format() !== '';
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}
