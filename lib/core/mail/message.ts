import type { SendMailOptions } from 'nodemailer';
import { settings } from '@/lib/conf/settings';
import type { Mail } from './mail';

const MAX_LINE = 998;

/**
 * A mail as nodemailer takes it. The address is given as an address, not as a header to be parsed,
 * so that whatever is stored in it stays one recipient. ASCII is sent as it is: a link is not
 * broken over two lines.
 * Django: core/mail/message.py EmailMultiAlternatives
 */
export function composeMessage({ to, subject, text, html }: Mail): SendMailOptions {
  return {
    from: settings.DEFAULT_FROM_EMAIL,
    to: { name: '', address: to },
    subject,
    text: part('text/plain', text),
    html: part('text/html', html),
    headers: { 'Auto-Submitted': 'auto-generated' },
    xMailer: false,
    disableFileAccess: true,
    disableUrlAccess: true,
  };
}

function part(contentType: string, body: string): string | { raw: string } {
  const isPlain = /^[\t\n\x20-\x7e]*$/.test(body);
  if (!isPlain || body.split('\n').some((line) => line.length > MAX_LINE)) return body;
  const head = [`Content-Type: ${contentType}; charset=utf-8`, 'Content-Transfer-Encoding: 7bit'];
  return { raw: [...head, '', ...body.split('\n')].join('\r\n') };
}
