import { brought } from '@/lib/apps/registry';
import type {} from '@/lib/contrib/auth/management/allauth-imports';
import { type Command, CommandError, parseCommandArgs } from '@/lib/core/management/base';
// Installs the user model, which is looked for below.
import '@/lib/contrib/auth/models';

/**
 * Take over what a Django site with allauth keeps in this database, as far as installed apps have a place
 * for it: addresses, links to accounts elsewhere, second factors. What was taken over is left the next time;
 * allauth's rows stay.
 * allauth: account, socialaccount, mfa
 */
export const command: Command = {
  name: 'importallauth',
  usage: '[--dry-run]',
  help: "Takes over what is in allauth's tables: addresses, links, second factors. --dry-run only counts.",
  async run(args, io) {
    const options = { 'dry-run': { type: 'boolean' } } as const;
    const { values } = parseCommandArgs({ args, options });
    const isDryRun = values['dry-run'] === true;
    const found: string[] = [];
    for (const take of brought('allauthImports')) found.push(...(await take({ isDryRun })));
    if (found.length === 0) {
      throw new CommandError('No table of this database has anything of allauth’s to take over.');
    }
    for (const line of found) io.out(line);
    if (isDryRun) io.out('Nothing was written.');
    return 0;
  },
};
