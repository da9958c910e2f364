import { z } from 'zod';
import { sealedCookie } from '@/lib/core/sealed-cookie';

/** Who was refused, and for want of what: `app.codename` each. */
type Refused = { readonly user: number; readonly perms: readonly string[] };

// Seconds. A page that says no may stay open over a day.
const SEAL_AGE = 86_400;

const schema = z.object({ user: z.number(), perms: z.array(z.string()).min(1).max(20) });

const seal = sealedCookie<Refused>({
  name: 'gatehouse_refused',
  salt: 'gatehouse.access_requests.refused',
  maxAge: SEAL_AGE,
  path: '/accounts/access-requests/',
  parse: (content) => schema.safeParse(content).data ?? null,
});

/**
 * What somebody was refused for want of, as a text that an address or a form may carry: only what a
 * guard has refused is ever asked for, and by whom it was refused.
 */
export function sealRefused(refused: Refused): Promise<string> {
  return seal.seal(refused);
}

/** What was sealed for this person; null for what is no seal of ours, is another's, or too old. */
export async function openRefused(
  text: unknown,
  userId: number,
): Promise<readonly string[] | null> {
  if (typeof text !== 'string') return null;
  return (await seal.open([text], ({ user }) => user === userId))?.perms ?? null;
}
