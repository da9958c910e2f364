import {
  defaultTokenGenerator,
  encodeUid,
  PasswordResetTokenGenerator,
} from '@/lib/contrib/auth/tokens';
import { db } from '@/lib/db/client';
import { mainOf } from '../../support/admin-script/page-forms';
import { PlainBrowser } from '../../support/admin-script/plain-browser';
import { sendRaw } from '../../support/attack/raw-form';
import { formsOf, multipart } from '../../support/e2e/html-forms';
import { expect, type TestUser, test } from '../fixtures';
import { setPassword } from '../mailbox';

const NEW = 'a meadow of larks';
const UNSUCCESSFUL = /<title>Password reset unsuccessful/;
const newAddress = () => `${crypto.randomUUID()}@example.com`;

/** A link as the server would mail it at this moment. */
async function linkFor({ user }: TestUser, generator = defaultTokenGenerator): Promise<string> {
  return `/accounts/reset/${encodeUid(user.id)}/${generator.makeToken(user)}/`;
}

async function storedPassword({ user: { id } }: TestUser): Promise<string> {
  return (await db.user.findUniqueOrThrow({ where: { id }, select: { password: true } })).password;
}

const FOUR_DAYS = 4 * 24 * 3600 * 1000;
const DEAD: [string, (owner: TestUser) => Promise<string>][] = [
  [
    'after a sign-in',
    async (owner) => {
      const link = await linkFor(owner);
      await db.user.update({ where: { id: owner.user.id }, data: { lastLogin: new Date() } });
      return link;
    },
  ],
  [
    'after a change of address',
    async (owner) => {
      const link = await linkFor(owner);
      await db.user.update({ where: { id: owner.user.id }, data: { email: newAddress() } });
      return link;
    },
  ],
  [
    'after three days',
    (owner) =>
      linkFor(owner, new PasswordResetTokenGenerator(() => new Date(Date.now() - FOUR_DAYS))),
  ],
  [
    "for somebody else's account",
    async (owner) => (await linkFor(owner)).replace(/reset\/\w+/, 'reset/MQ'),
  ],
  ['with a damaged token', async (owner) => (await linkFor(owner)).replace(/.\/$/, 'x/')],
  [
    'with an overlong number',
    async () => `/accounts/reset/OTk5OTk5OTk5OTk5/d1p9c0-${'a'.repeat(32)}/`,
  ],
  ['of garbage', async () => '/accounts/reset/%22%3E%3Cb%3E/%F0%9F%98%80/'],
  [
    'of a thousand characters',
    async () => `/accounts/reset/${'a'.repeat(500)}/${'b'.repeat(500)}/`,
  ],
];

for (const [what, makeLink] of DEAD) {
  test(`a link ${what} is a page that says so`, {
    tag: '@no-javascript-only',
  }, async ({ server, createUser }) => {
    const owner = await createUser({ email: newAddress() });
    const page = await new PlainBrowser(server.url).open(await makeLink(owner));
    expect([page.status, page.address]).toEqual([200, expect.stringMatching(/\/set-password\/$/)]);
    expect(page.body).toMatch(UNSUCCESSFUL);
    expect(page.body).not.toContain('type="password"');
    expect(mainOf(page.body)).toMatch(
      /<a[^>]* href="\/accounts\/password_reset\/"[^>]*>Ask for another link/,
    );
  });
}

test('the page behind a link does not open in another browser', {
  tag: '@no-javascript-only',
}, async ({ server, createUser }) => {
  const owner = await createUser({ email: newAddress() });
  const opened = await new PlainBrowser(server.url).open(await linkFor(owner));
  expect(opened.body).toContain('name="new_password2"');
  const elsewhere = await new PlainBrowser(server.url).open(opened.address);
  expect(elsewhere.status).toBe(200);
  expect(elsewhere.body).toMatch(UNSUCCESSFUL);
});

test('a form sent after its link has ended changes nothing and says so', async ({
  page,
  createUser,
}) => {
  const owner = await createUser({ email: newAddress() });
  await page.goto(await linkFor(owner));
  await db.user.update({ where: { id: owner.user.id }, data: { lastLogin: new Date() } });
  await setPassword(page, NEW);
  await expect(page.getByRole('main')).toContainText(/This link/);
  expect(await storedPassword(owner)).toBe(owner.user.encodedPassword());
});

test('an opened link sets the password on its own page only, whatever page its form is sent to', {
  tag: '@no-javascript-only',
}, async ({ server, createUser }) => {
  const owner = await createUser({ email: newAddress() });
  const other = await createUser({ email: newAddress() });
  const opened = await sendRaw(`${server.url}${await linkFor(owner)}`);
  const cookie = opened.headers['set-cookie']?.[0]?.split(';')[0] ?? '';
  const own = `${server.url}${opened.headers.location}`;
  const another = own.replace(encodeUid(owner.user.id), encodeUid(other.user.id));
  expect(another).not.toBe(own);
  const [form] = formsOf((await sendRaw(own, { headers: { cookie } })).body);
  const typed = form?.fields.map<[string, string]>(([name, value]) => [
    name,
    name.startsWith('new_password') ? NEW : value,
  ]);
  const { headers, body } = multipart(typed ?? []);
  const post = (url: string) =>
    sendRaw(url, { method: 'POST', headers: { ...headers, cookie, origin: server.url }, body });
  expect((await post(another)).body).toContain('This link is used or too old.');
  expect(await storedPassword(owner)).toBe(owner.user.encodedPassword());
  expect((await post(own)).headers.location).toBe('/accounts/reset/done/');
  expect(await storedPassword(owner)).not.toBe(owner.user.encodedPassword());
});

test('a post to the link itself changes nothing', {
  tag: '@no-javascript-only',
}, async ({ server, createUser }) => {
  const owner = await createUser({ email: newAddress() });
  const path = await linkFor(owner);
  const body = Buffer.from(`new_password1=${NEW}&new_password2=${NEW}`);
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  const answer = await sendRaw(`${server.url}${path}`, { method: 'POST', headers, body });
  expect(answer.status).toBe(302);
  expect(answer.headers.location).toMatch(/\/set-password\/$/);
  expect(await storedPassword(owner)).toBe(owner.user.encodedPassword());
});
