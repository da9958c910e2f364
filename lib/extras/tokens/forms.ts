import { z } from 'zod';
import { hasNul, nameField, textField } from '@/lib/forms/fields';
import { parseNetworks } from './networks';

const FULL_DAY = 86_400_000;

/**
 * The form of a token but for its `permissions`, which are a list: `name`, `expires`, the last day on
 * which it is good (`YYYY-MM-DD`, in UTC; blank for no end), `networks`, and `is_full`.
 */
export const TokenForm = z.object({
  name: nameField({ max: 100, required: 'Give the token a name.' }),
  expires: textField({ max: 10 }).transform((text, context) => {
    if (text === '') return null;
    const end = endOfDay(text);
    if (end === null) context.addIssue({ code: 'custom', message: 'Enter a valid date.' });
    return end;
  }),
  networks: textField({ max: 2000 }).transform((text, context) => {
    const networks = hasNul(text) ? null : parseNetworks(text);
    if (networks !== null) return networks;
    context.addIssue({
      code: 'custom',
      message: 'Give addresses, or networks such as 192.0.2.0/24, apart by spaces.',
    });
    return z.NEVER;
  }),
  is_full: z
    .string()
    .optional()
    .transform((value) => value === 'on'),
});

/** The permissions that a form ticks, `app.codename`; a few hundred at most exist. */
export function tickedPermissions(form: FormData): string[] {
  const ticked = form.getAll('permissions').filter((value) => typeof value === 'string');
  return [...new Set(ticked.slice(0, 1000))].filter((perm) => !hasNul(perm));
}

/** The moment at which a day, `YYYY-MM-DD`, is over in UTC; null for what is no day. */
export function endOfDay(text: string): Date | null {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return null;
  const start = new Date(`${text}T00:00:00Z`);
  if (Number.isNaN(start.getTime()) || start.toISOString().slice(0, 10) !== text) return null;
  return new Date(start.getTime() + FULL_DAY);
}

/** The day that a form offers: so many days from now, as `YYYY-MM-DD`. */
export function dayFromNow(days: number, now = Date.now()): string {
  return new Date(now + days * FULL_DAY).toISOString().slice(0, 10);
}
