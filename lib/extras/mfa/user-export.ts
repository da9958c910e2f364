import { db } from '@/lib/db/client';

const ORDER = { orderBy: { id: 'asc' } } as const;

/**
 * The second factors of a person, the browsers that they trust, and what was asked about a reset: when
 * and where from, and nothing by which one could be used.
 * GDPR, article 15
 */
export async function exportFactors({ id: userId }: { id: number }) {
  const where = { userId };
  const authenticatorApps = await db.totp.findMany({
    where,
    select: { created: true, lastUsed: true },
    ...ORDER,
  });
  const passkeys = await db.passkey.findMany({
    where,
    select: {
      name: true,
      deviceType: true,
      backedUp: true,
      created: true,
      lastUsed: true,
      copySeen: true,
    },
    ...ORDER,
  });
  const recoveryCodes = await db.recoveryCode.findMany({
    where,
    select: { created: true },
    ...ORDER,
  });
  const trustedBrowsers = await db.trustedBrowser.findMany({
    where,
    select: { created: true, expires: true, lastUsed: true, ipAddress: true, userAgent: true },
    ...ORDER,
  });
  const resetsAsked = await db.factorReset.findMany({
    where,
    select: { reason: true, created: true, expires: true },
    ...ORDER,
  });
  const enrollmentTickets = await db.enrollmentTicket.findMany({
    where,
    select: { created: true, expires: true },
    ...ORDER,
  });
  return {
    authenticatorApps,
    passkeys,
    recoveryCodes,
    trustedBrowsers,
    resetsAsked,
    enrollmentTickets,
  };
}
