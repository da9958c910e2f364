import { settings } from '@/lib/conf/settings';
import { Http404 } from '@/lib/core/exceptions';
import { hasUsername } from './new-account/username-field';

/** The settings that open a part of the app. */
type Switch =
  | 'ACCOUNT_SIGNUP_ENABLED'
  | 'ACCOUNT_LOGIN_BY_CODE_ENABLED'
  | 'ACCOUNT_CHANGE_NAME'
  | 'ACCOUNT_CHANGE_USERNAME'
  | 'ACCOUNT_DELETION_ENABLED'
  | 'INVITATIONS_ENABLED';

/** Throws Http404 while a part of the app is closed: its pages are not there, nor what they post to. */
export function requireOpen(name: Switch): void {
  const isNameless = name === 'ACCOUNT_CHANGE_USERNAME' && !hasUsername();
  if (!settings[name] || isNameless) throw new Http404();
}
