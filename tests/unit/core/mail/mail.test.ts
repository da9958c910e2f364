import { readdir, stat } from 'node:fs/promises';
import { describe, expect, it, vi } from 'vitest';
import { overrideSettings } from '@/lib/conf/settings';
import { ImproperlyConfigured } from '@/lib/core/exceptions';
import { mailBackend, sendMail } from '@/lib/core/mail';
import { checkMail } from '@/lib/core/mail/checks';
import { mailFolder, parseMail, smtpServer } from '@/tests/support/mail';

const link = `https://example.com/accounts/reset/MQ/d1p9c0-${'0123456789abcdef'.repeat(2)}/`;
const mail = {
  to: 'ada@example.com',
  subject: 'A new password',
  text: `Hello,\n\n${link}\n`,
  html: `<p>Hello,\n<a href="${link}">${link}</a></p>\n`,
};

function sendTo(EMAIL_URL: string, changed: Partial<typeof mail> = {}): Promise<void> {
  return overrideSettings({ EMAIL_URL, EMAIL_TIMEOUT: 0.3 }, () =>
    sendMail({ ...mail, ...changed }),
  );
}

describe('sendMail to file:', () => {
  it('writes one .eml for each mail, for the owner alone', async () => {
    const folder = await mailFolder();
    await sendTo(folder.url);
    await sendTo(`file://${folder.url.slice('file:'.length)}`);
    const received = await folder.mails();
    expect(received).toHaveLength(2);
    expect(received[0]).toMatchObject({ text: mail.text, html: mail.html });
    expect(received[0]?.headers).toMatchObject({
      from: 'webmaster@localhost',
      to: 'ada@example.com',
      subject: 'A new password',
      'auto-submitted': 'auto-generated',
    });
    const path = folder.url.slice('file:'.length);
    for (const name of await readdir(path)) {
      expect(name).toMatch(/^\d{8}T\d{6}\.\d{3}Z-[0-9a-f]{8}\.eml$/);
      expect((await stat(`${path}/${name}`)).mode & 0o077).toBe(0);
    }
    await folder.remove();
  });

  it('keeps letters of every script, and makes one line of the subject', async () => {
    const folder = await mailFolder();
    const text = `Grüße, عمر\n${link}\n`;
    await sendTo(folder.url, {
      text,
      html: `<p>Grüße</p>\n`,
      subject: 'A\r\nBcc: eve@evil.example',
    });
    const [received] = await folder.mails();
    expect(received?.text.trimEnd()).toBe(text.trimEnd());
    expect(received?.html.trimEnd()).toBe('<p>Grüße</p>');
    expect(received?.headers['subject']).toBe('A Bcc: eve@evil.example');
    expect(received?.headers['bcc']).toBeUndefined();
    await folder.remove();
  });

  it('has one recipient, whatever is stored as the address', async () => {
    const folder = await mailFolder();
    await sendTo(folder.url, { to: 'ada@example.com\r\nBcc: eve@evil.example' });
    const [received] = await folder.mails();
    expect(received?.headers['bcc']).toBeUndefined();
    await folder.remove();
  });
});

describe('sendMail to console:', () => {
  it('prints the text with its links whole', async () => {
    const printed = vi.spyOn(process.stdout, 'write').mockImplementation(() => true);
    await sendTo('console:');
    const [text] = printed.mock.calls.flat();
    expect(text).toContain('To: ada@example.com\nSubject: A new password\n\nHello,\n');
    expect(text).toContain(link);
  });
});

describe('sendMail to smtp:', () => {
  it('signs in and hands the mail over', async () => {
    const server = await smtpServer();
    await sendTo(`smtp://ada%40example.com:p%2Fw@${server.host}`);
    const login = Buffer.from('\0ada@example.com\0p/w').toString('base64');
    expect(server.commands).toContain(`AUTH PLAIN ${login}`);
    expect(server.commands).toContain('RCPT TO:<ada@example.com>');
    expect(server.mails.map(parseMail)).toMatchObject([{ text: mail.text, html: mail.html }]);
    await server.close();
  });

  it('gives up on a server that does not answer, that refuses, and that is not there', async () => {
    const silent = await smtpServer({ silent: true });
    await expect(sendTo(`smtp://${silent.host}`)).rejects.toThrow(/timeout|never received/i);
    await silent.close();
    await expect(sendTo(`smtp://${silent.host}`)).rejects.toThrow(/ECONNREFUSED/);
    const refusing = await smtpServer({ refuse: 'RCPT' });
    await expect(sendTo(`smtp://${refusing.host}`)).rejects.toThrow(/rejected/);
    await refusing.close();
  });

  it('insists on TLS when it is told to', async () => {
    const server = await smtpServer();
    await expect(sendTo(`smtp://a:b@${server.host}?requireTLS=true`)).rejects.toThrow();
    expect(server.commands.filter((line) => line.startsWith('AUTH'))).toEqual([]);
    await server.close();
  });
});

describe('mailBackend', () => {
  it.each(['', 'smtp', 'smtp:', 'file:', 'smtp//x', 'http://x', 'constructor:', 'SMTP://x'])(
    'knows nothing of %j, and the check says so without repeating it',
    async (url) => {
      expect(() => mailBackend(url)).toThrow(ImproperlyConfigured);
      const [found] = await overrideSettings({ EMAIL_URL: url }, checkMail);
      expect(found?.id).toBe('mail.E001');
    },
  );

  it('finds nothing wrong with what can be sent by', async () => {
    for (const url of ['console:', 'file:./mail', 'file:/mail', 'smtps://a:b@mail.example:465']) {
      expect(await overrideSettings({ EMAIL_URL: url }, checkMail)).toEqual([]);
    }
  });
});
