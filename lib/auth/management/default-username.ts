import { userInfo } from 'node:os';
import { users } from '@/lib/auth/managers';
import { validateUsername } from '@/lib/auth/validators';
import { ValidationError } from '@/lib/core/exceptions';

/**
 * The name of whoever runs the process, or '' where the system does not know it.
 * Django: contrib/auth/management/__init__.py get_system_username
 */
export function getSystemUsername(): string {
  try {
    return userInfo().username;
  } catch {
    return '';
  }
}

/**
 * The system's name for the user as a username to propose: ASCII, lower case, without spaces. ''
 * when nothing valid is left of it, or when it is taken.
 * Django: contrib/auth/management/__init__.py get_default_username
 */
export async function getDefaultUsername(systemUsername = getSystemUsername()): Promise<string> {
  const username = systemUsername
    .normalize('NFKD')
    .replace(/[^\x20-\x7e]| /g, '')
    .toLowerCase();
  try {
    validateUsername(username);
  } catch (error) {
    if (error instanceof ValidationError) return '';
    throw error;
  }
  return (await users.getByNaturalKey(username)) ? '' : username;
}
