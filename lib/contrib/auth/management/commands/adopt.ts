import { migrateAdopted } from '@/lib/contrib/auth/management/adopt/migrate-adopted';
import { planAdoption } from '@/lib/contrib/auth/management/adopt/plan-adoption';
import type { SiteUserModel } from '@/lib/contrib/auth/management/adopt/site-user-model';
import { writeUserApp } from '@/lib/contrib/auth/management/adopt/write-user-app';
import { hasherSettings } from '@/lib/contrib/auth/management/adopted-hashes';
import { storedHashes } from '@/lib/contrib/auth/passwords/stored-hashes';
import { type Command, type CommandIo, parseCommandArgs } from '@/lib/core/management/base';
import { runManage } from '@/lib/core/management/run-manage';

/**
 * Take over the database of a Django site, whatever its user model: find it, verify it, write it down
 * in `lib/site`, let new people's passwords be hashed as those there are, and migrate. What is refused
 * leaves the database and the tree as they were; what fails once the database is adopted leaves both
 * adopted, for `migrate` to go on.
 * Django: no counterpart; AUTH_USER_MODEL, and migrate --fake-initial
 */
export const command: Command = {
  name: 'adopt',
  usage: '[--user-model APP.MODEL] [--username-field NAME] [--required-fields NAME,NAME]',
  help: 'Takes over the database of a Django site, with its user model.',
  async run(args, io) {
    const { values } = parseCommandArgs({
      args,
      options: {
        'user-model': { type: 'string' },
        'username-field': { type: 'string' },
        'required-fields': { type: 'string' },
      },
    });
    const { users, site } = await planAdoption({
      userModel: values['user-model'],
      usernameField: values['username-field'],
      requiredFields: values['required-fields'],
    });
    const columns = { id: 'id', password: 'password' };
    const settings = hasherSettings(await storedHashes(undefined, { table: users.table, columns }));
    const { written, changed, takeBack } = await writeUserApp(process.cwd(), site, settings);
    if (site) describe(site, io);
    for (const path of written) io.out(`Wrote ${path}`);
    for (const path of changed) io.out(`Changed ${path}`);
    const status = await migrateAdopted(() => runManage(['migrate'], io), takeBack, io);
    if (status === 0 && changed.length > 0) {
      io.out('Next: npm run build, and npm run manage -- check.');
    }
    return status;
  },
};

function describe(site: SiteUserModel, io: CommandIo): void {
  const { table, name, USERNAME_FIELD, REQUIRED_FIELDS, fields, leftOut, blocked } = site;
  const columnOf = (field: string) => fields.find((each) => each.name === field)?.column ?? field;
  const required = REQUIRED_FIELDS.map(columnOf).join(', ') || 'nothing';
  io.out(
    `Found the user model ${name} in ${table}: people sign in with ${columnOf(USERNAME_FIELD)}.`,
  );
  io.out(`Who adds people is asked for ${required} besides (REQUIRED_FIELDS).`);
  if (leftOut.length === 0) return;
  const names = leftOut.map(({ column, type }) => `${column} (${type})`).join(', ');
  io.out(`Left to Django alone: ${names}.`);
  if (blocked.length === 0) return;
  io.out(
    `People are added at Django: ${blocked.map(({ column }) => column).join(', ')} must have a value.`,
  );
}
