import { type CheckMessage, checkWarning } from '@/lib/core/checks/registry';
import { db } from '@/lib/db/client';
import { isUniqueAddress } from './address-table';

const HINT = '`npm run manage -- importallauth` brings it to where later versions of allauth do.';

/**
 * Whether allauth's table of addresses is as it was before its version 0.57: an address in upper case
 * would not be found, and one that somebody has added could not be added by its owner.
 */
export async function checkAddressTable(): Promise<CheckMessage[]> {
  const upper = await db.$queryRaw<unknown[]>`
    SELECT 1 FROM account_emailaddress WHERE email <> lower(email) LIMIT 1`;
  if (upper.length === 0 && !(await isUniqueAddress(db))) return [];
  const message = 'account_emailaddress is as an older version of allauth has it.';
  return [checkWarning('account.W006', message, HINT)];
}
