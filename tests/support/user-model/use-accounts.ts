import { beforeEach } from 'vitest';
import { overrideSettings } from '@/lib/conf/settings';
import { ABOUT_AUTH_USER } from './about-auth-user';
import { ACCOUNTS } from './account';

// For as long as the process lives, as a project's own settings say it. Test files share a process.
declare global {
  var areAccountsUsed: boolean | undefined;
}

if (!globalThis.areAccountsUsed) {
  globalThis.areAccountsUsed = true;
  void overrideSettings({ AUTH_USER_MODEL: ACCOUNTS.name }, () => new Promise(() => undefined));
}

beforeEach(({ task, skip }) => {
  const isAboutAuthUser = ABOUT_AUTH_USER.some(
    ([file, titles]) => task.file.filepath.endsWith(`${file}.test.ts`) && titles.test(task.name),
  );
  if (isAboutAuthUser) skip();
});
