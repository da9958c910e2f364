import type { TransactionClient } from '@/lib/db/client';

/** Delete all that is kept of users that are about to be deleted. A statement for each table. */
export async function deleteOfUsers(tx: TransactionClient, ids: readonly number[]): Promise<void> {
  const where = { userId: { in: [...ids] } };
  await tx.totp.deleteMany({ where });
  await tx.recoveryCode.deleteMany({ where });
  await tx.trustedBrowser.deleteMany({ where });
  await tx.passkey.deleteMany({ where });
  await tx.passkeyHandle.deleteMany({ where });
  await tx.enrollmentTicket.deleteMany({ where });
  await tx.factorReset.deleteMany({ where });
}
