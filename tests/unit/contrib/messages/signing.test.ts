import { describe, expect, it } from 'vitest';
import { overrideSettings, settings } from '@/lib/conf/settings';
import { signMessages, verifyMessages } from '@/lib/contrib/messages/signing';
import { decodeMessages, encodeMessages } from '@/lib/contrib/messages/storage';

const encoded = encodeMessages([{ id: '1', level: 'error', text: 'Your account is “closed”.' }]);

/** What a sibling domain, or a Django on the same host, may have put there. */
const FOREIGN: [what: string, value: string][] = [
  ['unsigned', encoded],
  ['with an empty signature', `${encoded}.`],
  ['with a signature of zeros', `${encoded}.${'A'.repeat(43)}`],
  ['of Django 3.2', '"[[\\"__json_message\\"\\0540\\05425\\054\\"added\\"]]:1rZkX2:kq0hR"'],
  ['of Django 4.2', '.eJyLjlaKj88qzs-Lz00tLk5MT1XSMdAxMtVRiskFAKwVCM0:1tGf6X:mW1vY3cKq'],
  ['damaged', '%zz{"'],
];

describe('verifyMessages', () => {
  it('gives back what was signed', async () => {
    const cookie = await signMessages(encoded);
    expect(await verifyMessages([cookie])).toBe(encoded);
    expect(decodeMessages(await verifyMessages([cookie]))).toHaveLength(1);
  });

  it.each(FOREIGN)('takes nothing from a cookie %s, alone or before ours', async (_what, value) => {
    expect(await verifyMessages([value])).toBeNull();
    const ours = await signMessages(encodeMessages([{ id: '2', level: 'info', text: 'Saved' }]));
    expect(decodeMessages(await verifyMessages([value, ours]))).toMatchObject([{ text: 'Saved' }]);
  });

  it('takes nothing that was changed, and no signature of other messages', async () => {
    const [, signature] = (await signMessages(encoded)).split('.');
    const other = encodeMessages([{ id: '1', level: 'error', text: 'Call this number' }]);
    expect(await verifyMessages([`${other}.${signature}`])).toBeNull();
  });

  it('survives a change of secret as long as the old one is a fallback', async () => {
    const cookie = await signMessages(encoded);
    const SECRET_KEY = 'the next secret, longer than thirty-two';
    const opened = (fallbacks: string[]) =>
      overrideSettings({ SECRET_KEY, SECRET_KEY_FALLBACKS: fallbacks }, () =>
        verifyMessages([cookie]),
      );
    expect(await opened([settings.SECRET_KEY])).toBe(encoded);
    expect(await opened([])).toBeNull();
  });
});
