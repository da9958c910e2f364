import { settings } from '@/lib/conf/settings';
import type { Mail } from '@/lib/core/mail/mail';

/**
 * Print a mail's text, for a first look on one's own machine: its links can be opened from the
 * terminal. What it prints is as secret as the mail.
 * Django: core/mail/backends/console.py
 */
export async function sendToConsole({ to, subject, text }: Mail): Promise<void> {
  const head = [`From: ${settings.DEFAULT_FROM_EMAIL}`, `To: ${to}`, `Subject: ${subject}`];
  const rule = '-'.repeat(72);
  // No line of the log: a collector would keep the links.
  process.stdout.write(`${[rule, ...head, '', text.trimEnd(), rule].join('\n')}\n`);
}
