import { randomUUID } from 'node:crypto';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { createTransport } from 'nodemailer';
import type { Mail } from '@/lib/core/mail/mail';
import { composeMessage } from '@/lib/core/mail/message';

/**
 * Write a mail into the folder of `file:DIR` as one `.eml`, named by its time. Folder and file are
 * the owner's alone. The file has its name only when it is complete.
 * Django: core/mail/backends/filebased.py
 */
export async function sendToFile(mail: Mail, url: string): Promise<void> {
  const folder = mailFolder(url);
  const transport = createTransport({ streamTransport: true, buffer: true, newline: 'unix' });
  const { message } = await transport.sendMail(composeMessage(mail));
  const time = new Date().toISOString().replace(/[-:]/g, '');
  const file = path.join(folder, `${time}-${randomUUID().slice(0, 8)}.eml`);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await writeFile(`${file}.part`, message, { mode: 0o600 });
  await rename(`${file}.part`, file);
}

/** `file:DIR` and `file:///DIR`; a relative one is below where the server was started. */
function mailFolder(url: string): string {
  return path.resolve(url.replace(/^file:(\/\/(?=\/))?/, ''));
}
