import { createTransport } from 'nodemailer';
import { settings } from '@/lib/conf/settings';
import type { Mail } from '@/lib/core/mail/mail';
import { composeMessage } from '@/lib/core/mail/message';

/**
 * Hand a mail to the server of `smtp://USER:PASSWORD@HOST:PORT`, over TLS from the first byte with
 * `smtps:`, else as soon as the server offers it. `?requireTLS=true` insists on it. Each step waits
 * EMAIL_TIMEOUT at most.
 * Django: core/mail/backends/smtp.py
 */
export async function sendBySmtp(mail: Mail, url: string): Promise<void> {
  const timeout = settings.EMAIL_TIMEOUT * 1000;
  const transport = createTransport({
    url,
    dnsTimeout: timeout,
    connectionTimeout: timeout,
    greetingTimeout: timeout,
    socketTimeout: timeout,
  });
  await transport.sendMail(composeMessage(mail));
}
