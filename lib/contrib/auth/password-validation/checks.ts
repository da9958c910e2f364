import { settings } from '@/lib/conf/settings';
import { getPasswordValidators } from '@/lib/contrib/auth/password-validation';
import { type CheckMessage, checkError } from '@/lib/core/checks/registry';
import { ImproperlyConfigured } from '@/lib/core/exceptions';

/**
 * Password validators that do not exist or whose options do not fit, a pool of threads that could
 * never compute a password, and a preferred hasher that is for tests only.
 * Django: no counterpart
 */
export function checkPasswords(): CheckMessage[] {
  const found = [...checkValidators(), ...checkPool()];
  if (settings.PASSWORD_HASHERS[0] === 'md5' && !settings.DEBUG) {
    const message = 'PASSWORD_HASHERS encodes new passwords with md5, which protects nothing.';
    found.push(checkError('auth.E113', message, 'Put bcrypt_sha256 first; md5 is for tests.'));
  }
  return found;
}

function checkValidators(): CheckMessage[] {
  try {
    getPasswordValidators();
    return [];
  } catch (error) {
    if (!(error instanceof ImproperlyConfigured)) throw error;
    return [checkError('auth.E110', error.message, 'Correct it in lib/site/settings.ts.')];
  }
}

function checkPool(): CheckMessage[] {
  const found: CheckMessage[] = [];
  const { PASSWORD_WORKERS: workers, PASSWORD_QUEUE_SIZE: queue } = settings;
  if (workers !== null && !(Number.isInteger(workers) && workers >= 1)) {
    const message = 'PASSWORD_WORKERS must be a whole number from 1, or null.';
    found.push(checkError('auth.E111', message, 'Leave it null for a thread on each core.'));
  }
  if (!(Number.isInteger(queue) && queue >= 0)) {
    const message = 'PASSWORD_QUEUE_SIZE must be a natural number.';
    found.push(checkError('auth.E112', message, 'Set it to 32, its default.'));
  }
  return found;
}
