import { describe, expect, it } from 'vitest';
import { overrideSettings } from '@/lib/conf/settings';
import { passwordChangedMail } from '@/lib/contrib/auth/mails/password-changed-mail';
import { passwordResetMail } from '@/lib/contrib/auth/mails/password-reset-mail';

const link = 'https://example.com/accounts/reset/Nw/d1p9c0-0123/';

describe('passwordResetMail', () => {
  it('names the account, the site and how long the link lasts, and holds the link in both bodies', () => {
    const { subject, text, html } = passwordResetMail({ username: 'ada' }, link);
    expect(subject).toBe('Choose a new password for Gatehouse');
    for (const body of [text, html]) {
      expect(body).toContain(link);
      expect(body).toContain('Hello ada,');
      expect(body).toContain('at example.com');
      expect(body).toContain('3 days');
    }
    expect(text.split('\n')).toContain(link);
  });

  it('calls the site by its name in the settings', async () => {
    const { subject } = await overrideSettings({ SITE_NAME: 'Acme' }, () =>
      passwordResetMail({ username: 'ada' }, link),
    );
    expect(subject).toBe('Choose a new password for Acme');
  });

  it.each([
    [86_400, '1 day'],
    [7_200, '2 hours'],
    [1_800, '30 minutes'],
    [30, '30 seconds'],
  ])('says of %d seconds: %s', async (PASSWORD_RESET_TIMEOUT, words) => {
    const { text } = await overrideSettings({ PASSWORD_RESET_TIMEOUT }, () =>
      passwordResetMail({ username: 'ada' }, link),
    );
    expect(text).toContain(`for ${words} at most`);
  });
});

describe('passwordChangedMail', () => {
  const when = new Date('2026-03-29T01:00:00Z');
  const origin = 'https://example.com';

  it('says when, from where, and what to do if it was somebody else', async () => {
    const { text } = await overrideSettings({ TIME_ZONE: 'Europe/Berlin' }, () =>
      passwordChangedMail({ username: '<ada>' }, { when, ipAddress: '192.0.2.1', origin }),
    );
    expect(text).toContain('29 March 2026 at 03:00:00 CEST from the network address 192.0.2.1.');
    expect(text).toContain('https://example.com/accounts/password_reset/');
  });

  it('leaves out an address that is not known', () => {
    const mail = passwordChangedMail({ username: '<ada>' }, { when, ipAddress: '', origin });
    expect(mail.text).not.toContain('network');
    expect(mail.html).not.toContain('<ada>');
  });
});
