import { settings } from '@/lib/conf/settings';
import { type CheckMessage, checkError, checkWarning } from '@/lib/core/checks/registry';
import { ImproperlyConfigured } from '@/lib/core/exceptions';
import { mailBackend } from '@/lib/core/mail';

/** An EMAIL_URL that names no way to send. Its text is not repeated: it may hold a password. */
export function checkMail(): CheckMessage[] {
  try {
    mailBackend(settings.EMAIL_URL);
    return [];
  } catch (error) {
    if (!(error instanceof ImproperlyConfigured)) throw error;
    const hint = 'Give console:, file:DIR, smtp://USER:PASSWORD@HOST:PORT or smtps://….';
    return [checkError('mail.E001', error.message, hint)];
  }
}

/**
 * Mail that is printed: it reaches nobody, and whoever reads the log can use its reset links.
 * Before a deployment.
 * Django: no counterpart
 */
export function checkMailIsSent(): CheckMessage[] {
  if (!settings.EMAIL_URL.startsWith('console:')) return [];
  const message = 'Mail is printed, with reset links that whoever reads the log can use.';
  const hint = 'Set EMAIL_URL to smtp://USER:PASSWORD@HOST:PORT or smtps://….';
  return [checkWarning('mail.W002', message, hint)];
}
