import { beforeEach, describe, expect, it } from 'vitest';
import { takeMessages } from '@/components/take-messages';
import { signMessages } from '@/lib/contrib/messages/signing';
import { encodeMessages } from '@/lib/contrib/messages/storage';

type Stored = { name: string; value: string; domain: string; path: string };

/** The cookies of a browser that stands on app.example.test, by the rules of RFC 6265. */
class Jar {
  readonly stored: Stored[] = [];

  get cookie(): string {
    return this.stored.map(({ name, value }) => `${name}=${value}`).join('; ');
  }

  set cookie(line: string) {
    const [pair = '', ...attributes] = line.split('; ');
    const [name = '', value = ''] = pair.split('=');
    if (name.startsWith('__Host-') && !attributes.includes('Secure')) return;
    const path = attributes.find((each) => each.startsWith('Path='))?.slice(5) ?? '';
    const isSame = (each: Stored) =>
      each.name === name && each.domain === 'host-only' && each.path === path;
    const at = this.stored.findIndex(isSame);
    if (at !== -1) this.stored.splice(at, 1);
    if (!attributes.includes('Max-Age=0')) this.add({ name, value, domain: 'host-only', path });
  }

  add(cookie: Partial<Stored> & { value: string }): void {
    this.stored.push({ name: 'gatehouse_messages', domain: 'host-only', path: '/', ...cookie });
  }
}

let jar: Jar;
let ours: string;
let tossed: string;

const cookieOf = (text: string) =>
  signMessages(encodeMessages([{ id: text, level: 'info', text }]));
const take = (name = 'gatehouse_messages') => takeMessages(name, jar).map(({ text }) => text);

beforeEach(async () => {
  jar = new Jar();
  ours = await cookieOf('Saved');
  tossed = await cookieOf('Call this number');
});

describe('takeMessages', () => {
  it('takes what our server set, once', () => {
    jar.add({ name: 'gatehouse_messages_not', value: tossed });
    jar.add({ value: ours });
    expect(take()).toEqual(['Saved']);
    expect(take()).toEqual([]);
    expect(jar.stored).toHaveLength(1);
  });

  it('takes it on https too, where only a secure line deletes it', () => {
    jar.add({ name: '__Host-gatehouse_messages', value: ours });
    expect(take('__Host-gatehouse_messages')).toEqual(['Saved']);
    expect(jar.stored).toEqual([]);
  });

  it.each<[where: string, place: Partial<Stored>]>([
    ['the whole domain', { domain: '.example.test' }],
    ['a path of it', { path: '/dashboard/' }],
  ])('shows nothing of a cookie that a sibling set for %s', (_where, place) => {
    jar.add({ value: tossed, ...place });
    expect(take()).toEqual([]);
    jar.add({ value: ours });
    expect(take()).toEqual(['Saved']);
    expect(take()).toEqual([]);
    jar.add({ value: tossed });
    expect(take()).toEqual(['Call this number']);
  });

  it('leaves alone what another application of the host has put under the name', () => {
    jar.add({ value: '"[[\\"__json_message\\"\\0540\\05425\\054\\"added\\"]]:1rZkX2:kq0hR"' });
    expect(take()).toEqual([]);
    expect(jar.stored).toHaveLength(1);
  });
});
