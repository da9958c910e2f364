import { type CheckMessage, checkError, checkWarning } from '@/lib/core/checks/registry';
import { encryptedColumns } from '@/lib/db/secrets/encrypted-columns';
import { columnState } from './rotate-columns';

/**
 * Encrypted columns with rows that only a fallback of SECRET_KEY opens, which would be lost with it,
 * or that no secret opens any more. Reads every row of them.
 * Django: no counterpart
 */
export async function checkEncryptedColumns(): Promise<CheckMessage[]> {
  const found: CheckMessage[] = [];
  for (const column of encryptedColumns()) {
    const { stale, lost } = await columnState(column);
    if (stale > 0) {
      const message = `${column.name}: only a former secret opens ${rows(stale)}.`;
      const hint = 'Run `manage rotatecolumns` before you drop it from SECRET_KEY_FALLBACKS.';
      found.push(checkWarning('db.W010', message, hint));
    }
    if (lost > 0) {
      const message = `${column.name}: no secret opens ${rows(lost)}.`;
      const hint = 'Put the secret that they were written with into SECRET_KEY_FALLBACKS.';
      found.push(checkError('db.E011', message, hint));
    }
  }
  return found;
}

function rows(count: number): string {
  return count === 1 ? '1 row' : `${count} rows`;
}
