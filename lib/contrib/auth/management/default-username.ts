import { userInfo } from 'node:os';
import { authUser } from '@/lib/contrib/auth/models';
import { findUserByName, getUserModel } from '@/lib/contrib/auth/users/user-model';
import { validateUsername } from '@/lib/contrib/auth/validators';
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
 * when nothing valid is left of it, when it is taken, and for a user model of one's own, whose names
 * may be anything.
 * Django: contrib/auth/management/__init__.py get_default_username
 */
export async function getDefaultUsername(systemUsername = getSystemUsername()): Promise<string> {
  if (getUserModel().name !== authUser.name) return '';
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
  return (await findUserByName(username)) ? '' : username;
}
