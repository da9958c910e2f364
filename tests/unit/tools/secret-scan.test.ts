import { expect, it } from 'vitest';
import { findSecrets } from '@/scripts/secret-scan.mjs';

/** Put together here, so that the scan of this repository does not find them in this file. */
const SECRETS: readonly [what: string, text: string][] = [
  ['a private key', `-----BEGIN ${'PRIVATE KEY'}-----\n${'A'.repeat(64)}`],
  ['an AWS key', `AKIA${'Q'.repeat(16)}`],
  ['a GitHub token', `ghp_${'a1'.repeat(18)}`],
  ['a GitLab token', `glpat-${'x'.repeat(20)}`],
  ['a Slack token', `xoxb-${'1'.repeat(24)}`],
  ['a Stripe key', `sk_live_${'z'.repeat(24)}`],
  ['a Google key', `AIza${'y'.repeat(35)}`],
  ['an npm token', `npm_${'b'.repeat(36)}`],
  ['a signed JWT', `eyJ${'a'.repeat(20)}.eyJ${'b'.repeat(20)}.${'c'.repeat(40)}`],
  ['a value of SECRET_KEY', `SECRET_${'KEY'}=${'k'.repeat(50)}`],
  ['an action key', `NEXT_SERVER_ACTIONS_ENCRYPTION_${'KEY'}=${'k'.repeat(43)}=`],
  ['a password in an address', `postgres://app:${'s'.repeat(16)}@db.example.com/app`],
];

it.each(SECRETS)('finds %s, and on which line', (what, text) => {
  expect(findSecrets(`one\ntwo\n${text}\n`)).toEqual([[what, 3]]);
});

it('finds none in prose and in placeholders', () => {
  const text = 'SECRET_KEY=change-me\npostgres://user:pass@localhost/db\nhttps://example.com/a:b\n';
  expect(findSecrets(text)).toEqual([]);
});
