import { type Command, parseCommandArgs } from '@/lib/core/management/base';
import { encryptedColumns } from '@/lib/db/secrets/encrypted-columns';
import { rotateColumn } from '@/lib/db/secrets/rotate-columns';

/**
 * Encrypt anew, with SECRET_KEY, what one of SECRET_KEY_FALLBACKS has encrypted. Says how many rows
 * of each column; status 1 if no secret opens some.
 * Django: no counterpart
 */
export const command: Command = {
  name: 'rotatecolumns',
  help: 'Encrypts anew, with SECRET_KEY, what a former secret has encrypted.',
  async run(args, io) {
    parseCommandArgs({ args, options: {} });
    let status = 0;
    for (const column of encryptedColumns()) {
      const { stale, lost } = await rotateColumn(column);
      io.out(`${column.name}: ${stale} encrypted anew.`);
      if (lost === 0) continue;
      io.err(`${column.name}: no secret opens ${lost}; they are left as they are.`);
      status = 1;
    }
    return status;
  },
};
