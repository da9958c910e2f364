import { beforeEach, type TestContext } from 'vitest';
import { overrideSettings } from '@/lib/conf/settings';
import { ABOUT_AUTH_USER } from './about-auth-user';
import { ACCOUNTS } from './account';

type Task = TestContext['task'];

// For as long as the process lives, as a project's own settings say it. Test files share a process.
declare global {
  var areAccountsUsed: boolean | undefined;
}

if (!globalThis.areAccountsUsed) {
  globalThis.areAccountsUsed = true;
  void overrideSettings({ AUTH_USER_MODEL: ACCOUNTS.name }, () => new Promise(() => undefined));
}

/** Its file; or the part of tests/together.test.ts that it is in, which is called like that. */
function isOf(task: Task, file: string): boolean {
  if (task.file.filepath.endsWith(file)) return true;
  for (let suite = task.suite; suite; suite = suite.suite) {
    if (suite.name.endsWith(file)) return true;
  }
  return false;
}

beforeEach(({ task, skip }) => {
  const isAboutAuthUser = ABOUT_AUTH_USER.some(
    ([file, titles]) => isOf(task, `${file}.test.ts`) && titles.test(task.name),
  );
  if (isAboutAuthUser) skip();
});
