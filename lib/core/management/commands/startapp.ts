import { APPS } from '@/lib/apps/declared';
import { declaredModels } from '@/lib/apps/define-app';
import { type Command, CommandError, parseCommandArgs } from '@/lib/core/management/base';
import { requireFree } from '@/lib/core/management/startapp/free-names';
import { appNames } from '@/lib/core/management/startapp/names';
import { writeApp } from '@/lib/core/management/startapp/write-app';
import { makeMigrations } from '@/lib/db/migrations/make-migrations';

/**
 * Write a whole app with one model: declaration, models, migration, pages, admin, action, command,
 * setting, receiver and tests, and its line in the two lists of the site. Refuses, with a sentence,
 * names that are not free; writes everything or nothing.
 * Django: core/management/commands/startapp.py
 */
export const command: Command = {
  name: 'startapp',
  usage: 'NAME [MODEL]',
  help: 'Writes a new app, NAME, with one model: NAME in the singular, or MODEL.',
  async run(args, io) {
    const { positionals } = parseCommandArgs({ args, options: {}, allowPositionals: true });
    const [app, model, ...rest] = positionals;
    if (app === undefined || rest.length > 0) {
      throw new CommandError('Name the app, and its model if you like: startapp NAME [MODEL].', 2);
    }
    const names = appNames(app, model);
    const labels = APPS.map(({ label }) => label);
    const appLabels = declaredModels(APPS).map(({ appLabel }) => appLabel);
    requireFree(process.cwd(), names, [...labels, ...appLabels]);
    const { written, changed } = await writeApp(process.cwd(), names, async () =>
      (await makeMigrations(app, 'initial')).map(({ path }) => path),
    );
    for (const path of written) io.out(`Wrote ${path}`);
    for (const path of changed) io.out(`Added a line to ${path}`);
    io.out('');
    io.out(`Next: npm run manage -- migrate, then npm run dev, and look at /${app}/.`);
    io.out(`Its tests: npm run test:one tests/integration/site/${app}/*.test.ts`);
    io.out('What to do with it: docs/grow.md.');
    return 0;
  },
};
