import { describe, expect, it } from 'vitest';
import { overrideSettings } from '@/lib/conf/settings';
import { addMessage, error, info, success, warning } from '@/lib/contrib/messages/api';
import type { Message } from '@/lib/contrib/messages/constants';
import { decodeMessages, encodeMessages } from '@/lib/contrib/messages/storage';

function message(text: string): Message {
  return { id: text.slice(0, 4), level: 'info', text };
}

describe('encodeMessages', () => {
  it('comes back in order, any script included', () => {
    const messages = [message('Grüße, Ünïcode'), message('عمر'), message('"; Path=/; <b>')];
    expect(decodeMessages(encodeMessages(messages))).toEqual(messages);
  });

  it('keeps a link to a page of this site, and drops one to anywhere else', () => {
    const linked = (href: string) => ({ ...message('Saved “ada”.'), link: { text: 'ada', href } });
    const kept = linked('/admin/auth/user/5/change/');
    expect(decodeMessages(encodeMessages([kept]))).toEqual([kept]);
    for (const href of [
      '//evil.example',
      'https://evil.example/',
      '/\\evil',
      '/.//evil.example/',
      '/x/..//evil.example/',
      '/a/.././/evil.example/',
      'javascript:alert(1)',
    ]) {
      expect(decodeMessages(encodeMessages([linked(href)]))).toEqual([message('Saved “ada”.')]);
    }
  });

  it('uses only characters that a cookie may hold unencoded', () => {
    expect(encodeMessages([message('ä€😀 %;=,')])).toMatch(/^[\w-]+$/);
  });

  it('drops the oldest when they do not fit', () => {
    const messages = Array.from({ length: 12 }, (_, i) => message(`${i}`.padEnd(300, 'x')));
    const kept = decodeMessages(encodeMessages(messages));
    expect(kept.length).toBeGreaterThan(3);
    expect(kept).toEqual(messages.slice(-kept.length));
  });

  it('cuts a single message that is too long', () => {
    const [kept] = decodeMessages(encodeMessages([message('x'.repeat(10_000))]));
    expect(kept?.text).toMatch(/^x+…$/);
  });
});

describe('decodeMessages', () => {
  it('takes damaged or foreign text for no messages', () => {
    const foreign = [null, undefined, '', 'x', '%zz', 'e30', 'bnVsbA', 'WzFd', 'a'.repeat(5000)];
    for (const text of foreign) expect(decodeMessages(text)).toEqual([]);
  });

  it('keeps only entries that are messages', () => {
    const encoded = Buffer.from(
      JSON.stringify([['1', 'info', 'good'], ['2', 'shout', 'x'], ['3', 'info', 4], 5, null]),
    ).toString('base64url');
    expect(decodeMessages(encoded)).toEqual([{ id: '1', level: 'info', text: 'good' }]);
  });
});

describe('addMessage', () => {
  it('drops empty text and what is below MESSAGE_LEVEL', async () => {
    const request = { messages: [] as Message[] };
    addMessage(request, 'debug', 'unseen');
    addMessage(request, 'info', '');
    expect(request.messages).toEqual([]);
    await overrideSettings({ MESSAGE_LEVEL: 10 }, () => addMessage(request, 'debug', 'seen'));
    expect(request.messages).toMatchObject([{ level: 'debug', text: 'seen' }]);
  });

  it('has a function for each level', () => {
    const request = { messages: [] as Message[] };
    info(request, 'a');
    success(request, 'b');
    warning(request, 'c');
    error(request, 'd');
    expect(request.messages.map(({ level }) => level)).toEqual([
      'info',
      'success',
      'warning',
      'error',
    ]);
    expect(new Set(request.messages.map(({ id }) => id)).size).toBe(4);
  });
});
