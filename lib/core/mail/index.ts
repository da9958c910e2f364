import { settings } from '@/lib/conf/settings';
import { ImproperlyConfigured } from '@/lib/core/exceptions';
import { sendToConsole } from '@/lib/core/mail/backends/console';
import { sendToFile } from '@/lib/core/mail/backends/filebased';
import { sendBySmtp } from '@/lib/core/mail/backends/smtp';
import type { Mail, MailBackend } from './mail';

const BACKENDS: Readonly<Record<string, MailBackend>> = {
  'console:': sendToConsole,
  'file:': sendToFile,
  'smtp:': sendBySmtp,
  'smtps:': sendBySmtp,
};

/**
 * Hand one mail on to where settings.EMAIL_URL says. Rejects when that fails; a caller that must
 * not show it, because it would tell who has an account, logs it and goes on. Throws
 * ImproperlyConfigured when EMAIL_URL names nothing known.
 * Django: core/mail/__init__.py send_mail
 * @example
 * await sendMail({ to: user.email, subject: 'Welcome', text: 'Hello', html: '<p>Hello</p>' });
 */
export async function sendMail(mail: Mail): Promise<void> {
  const subject = mail.subject.replace(/\s+/g, ' ').trim();
  await mailBackend(settings.EMAIL_URL)({ ...mail, subject }, settings.EMAIL_URL);
}

/** What sends for this EMAIL_URL. Throws ImproperlyConfigured. Django: get_connection */
export function mailBackend(url: string): MailBackend {
  const scheme = /^[a-z]+:/.exec(url)?.[0] ?? '';
  const backend = Object.hasOwn(BACKENDS, scheme) ? BACKENDS[scheme] : undefined;
  const isComplete = scheme === 'console:' || (URL.canParse(url) && url.length > scheme.length);
  if (backend && isComplete) return backend;
  throw new ImproperlyConfigured('EMAIL_URL is none of console:, file:DIR, smtp://HOST:PORT.');
}
