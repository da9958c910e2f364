import { z } from 'zod';
import { decryptColumn, encryptColumn } from '@/lib/core/encryption/encrypt-column';

const VERSION = 'v1.';
const envelope = z.object({ at: z.number(), content: z.unknown() });

/** What the links of one kind carry: how long they are good for, and what is in them. */
export type MailedToken<T> = {
  make(content: T, now?: number): string;
  /** What was put in; null for what is damaged, of another kind, or too old. */
  read(token: string, now?: number): T | null;
};

/**
 * The tokens of one kind of mailed link: sealed, so that neither the address bar nor a log tells whose
 * they are, and dated. Nothing is stored: what must count once goes through `useOnce`, or is undone by
 * what it changes. `maxAge`, in seconds, is asked when the link is opened.
 * allauth: account/models.py EmailConfirmationHMAC (signed there, and readable)
 */
export function mailedToken<T>(
  purpose: string,
  content: z.ZodType<T>,
  maxAge: () => number,
): MailedToken<T> {
  const name = `account.${purpose}`;
  return {
    make: (value, now = Date.now()) =>
      encryptColumn(name, '', JSON.stringify({ at: now, content: value })).slice(VERSION.length),
    read(token, now = Date.now()) {
      const opened = decryptColumn(name, '', VERSION + token);
      const parsed = opened && envelope.safeParse(JSON.parse(opened.text));
      if (!parsed?.success) return null;
      const age = now - parsed.data.at;
      if (age < 0 || age >= maxAge() * 1000) return null;
      const found = content.safeParse(parsed.data.content);
      return found.success ? found.data : null;
    },
  };
}

/** Whether a segment of an address can be such a token; others are not even kept. */
export function isTokenShaped(text: string): boolean {
  return /^[\w-]{38,1024}$/.test(text);
}
