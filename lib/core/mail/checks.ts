import { settings } from '@/lib/conf/settings';
import { type CheckMessage, checkError } from '@/lib/core/checks';
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
