import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { APPS } from '@/lib/apps/declared';
import { withDependents } from '@/tests/support/app-entry-points';
import { repositoryRoot } from '@/tests/support/sources';

/** Those without which a site signs its people in as before, and what else is promised to hold. */
const OUT = ['mfa', 'tokens', 'hijack', 'watch', 'socialaccount', 'account'].filter((label) =>
  APPS.some((app) => app.label === label),
);

const PROJECTS = ['unit', 'boundary', 'integration-sqlite'];

// Five minutes for each app on an idle machine: `npm run test:long`.
describe.runIf(process.env['TEST_LONG'])('the app left out by INSTALLED_APPS:', () => {
  it.each(OUT)(
    '%s leaves all tests passing but its own, which are not run',
    (label) => {
      const named = PROJECTS.flatMap((project) => ['--project', project]);
      const { status, stdout, stderr } = spawnSync(
        process.execPath,
        ['node_modules/vitest/vitest.mjs', 'run', ...named],
        {
          cwd: repositoryRoot,
          encoding: 'utf8',
          maxBuffer: 64 * 1024 * 1024,
          env: { ...process.env, TEST_APPS_OUT: withDependents(label).join(), TEST_LONG: '' },
        },
      );
      expect(status, `${stdout}${stderr}`).toBe(0);
    },
    1_800_000,
  );
});
