import { getLogger } from '@/lib/core/logging';
import { sendMail } from '@/lib/core/mail';

const logger = getLogger('account');

/** What a letter says, ready to be sent. */
export type Letter = { readonly subject: string; readonly text: string; readonly html: string };

/**
 * Send a letter of which nobody waits for the outcome: a failure is one line in the log, without the
 * address and without what the letter says. Nothing is sent to an empty address.
 */
export async function sendLetter(to: string, letter: Letter): Promise<void> {
  if (to === '') return;
  try {
    await sendMail({ to, ...letter });
  } catch (error) {
    const reason = error instanceof Error ? error.message : 'unknown';
    logger.error('A mail was not sent.', { subject: letter.subject, reason });
  }
}
