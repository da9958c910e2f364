import { settings } from '@/lib/conf/settings';
import { Http404 } from '@/lib/core/exceptions';

/** The settings that open a part of the app. */
type Switch =
  | 'ACCOUNT_SIGNUP_ENABLED'
  | 'ACCOUNT_LOGIN_BY_CODE_ENABLED'
  | 'ACCOUNT_CHANGE_USERNAME'
  | 'ACCOUNT_DELETION_ENABLED'
  | 'INVITATIONS_ENABLED';

/** Throws Http404 while a part of the app is closed: its pages are not there, nor what they post to. */
export function requireOpen(name: Switch): void {
  if (!settings[name]) throw new Http404();
}
