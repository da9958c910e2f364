import { describe, expect, it } from 'vitest';
import { run } from '@/tests/support/removed-app/tree-copy';
import { repositoryRoot } from '@/tests/support/sources';

/** Those without which a site signs its people in as before. */
const OUT = ['mfa'];

const PROJECTS = ['unit', 'boundary', 'integration-sqlite'];

// Five minutes for each app on an idle machine: `npm run test:long`.
describe.runIf(process.env['TEST_LONG'])('the app left out by INSTALLED_APPS:', () => {
  it.each(OUT)(
    '%s leaves all tests passing but its own, which are not run',
    (label) => {
      const named = PROJECTS.flatMap((project) => ['--project', project]);
      const env = [`TEST_APPS_OUT=${label}`, 'TEST_LONG='];
      const vitest = [process.execPath, 'node_modules/vitest/vitest.mjs', 'run', ...named];
      const { status, output } = run(repositoryRoot, 'env', ...env, ...vitest);
      expect(status, output).toBe(0);
    },
    1_800_000,
  );
});
