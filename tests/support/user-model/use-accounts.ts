import { overrideSettings } from '@/lib/conf/settings';
import { ACCOUNTS } from './account';

// For as long as the process lives, as a project's own settings say it. Test files share a process.
declare global {
  var areAccountsUsed: boolean | undefined;
}

if (!globalThis.areAccountsUsed) {
  globalThis.areAccountsUsed = true;
  void overrideSettings({ AUTH_USER_MODEL: ACCOUNTS.name }, () => new Promise(() => undefined));
}
