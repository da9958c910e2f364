import { type Command, CommandError, parseCommandArgs } from '@/lib/core/management/base';
import { allauthFactors } from '@/lib/extras/mfa/allauth/authenticators';
import { type Imported, importFactor } from '@/lib/extras/mfa/allauth/import-factors';
// Installs the user model, which is looked for below.
import '@/lib/contrib/auth/models';

const WORDS: Record<Imported, string> = {
  taken: 'taken over',
  had: 'left, their owners have them or another already',
  unreadable: 'not readable',
  'not taken': 'not taken over',
};

/**
 * Take over the second factors of a Django site with allauth, whose tables are in this database. What was
 * taken over is left the next time; allauth's rows stay.
 * allauth: mfa
 */
export const command: Command = {
  name: 'importallauth',
  usage: '[--dry-run]',
  help: "Takes over the second factors in allauth's tables. --dry-run only counts.",
  async run(args, io) {
    const options = { 'dry-run': { type: 'boolean' } } as const;
    const { values } = parseCommandArgs({ args, options });
    const factors = await allauthFactors();
    if (!factors) throw new CommandError('There is no table mfa_authenticator in this database.');
    const isDryRun = values['dry-run'] === true;
    const counts = new Map<string, number>();
    for (const factor of factors) {
      const line = `${factor.type}: ${WORDS[await importFactor(factor, { isDryRun })]}`;
      counts.set(line, (counts.get(line) ?? 0) + 1);
    }
    for (const [line, count] of [...counts].sort()) io.out(`${line}: ${count}`);
    if (factors.some(({ type }) => type === 'recovery_codes')) {
      io.out('Recovery codes of eight digits are not kept here: their owners make new ones.');
    }
    if (isDryRun) io.out('Nothing was written.');
    return 0;
  },
};
