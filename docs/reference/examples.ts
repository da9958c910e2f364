// Made from the docstrings by `npm run docs`, and checked with the rest: see scripts/docs/examples.ts.
import type { HttpRequest } from '@/lib/http/request';
import type { Page } from '@/lib/http/entry-points/views';
import type { User } from '@/lib/contrib/auth/users/user';
import { InMemoryStorage } from '@/lib/core/files/storage/memory';
import { PermissionDenied } from '@/lib/core/exceptions';
import { Prisma } from '@/lib/db/client';
import { STORAGE_BACKENDS } from '@/lib/core/files/storage/default-storage';
import { actionWithForm } from '@/lib/contrib/admin/action/with-form';
import { adminGuardsOf } from '@/lib/contrib/admin/decorators';
import { authenticate } from '@/lib/contrib/auth';
import { boundedCounts } from '@/lib/contrib/admin/home/bounded-counts';
import { checkPassword } from '@/lib/contrib/auth/hashers';
import { completeLogin } from '@/lib/contrib/auth/sign-in/complete-login';
import { contentTypeAdmin } from '@/lib/contrib/contenttypes/admin';
import { db } from '@/lib/db/client';
import { decryptColumn } from '@/lib/core/encryption/encrypt-column';
import { defineAdmin } from '@/lib/contrib/admin/options';
import { defineApp } from '@/lib/apps/define-app';
import { defineConfig } from '@/lib/apps/define-config';
import { defineOperation } from '@/lib/http/api/operation';
import { encryptColumn } from '@/lib/core/encryption/encrypt-column';
import { expect } from 'vitest';
import { explain } from '@/lib/contrib/auth/permissions/decisions';
import { extendAdmin } from '@/lib/contrib/admin/additions';
import { formatHtml } from '@/lib/core/html';
import { getSafeNext } from '@/lib/http/safe-url';
import { groupAdmin } from '@/lib/contrib/auth/admin/group';
import { guardsOf } from '@/lib/contrib/auth/decorators';
import { logSecurityEvent } from '@/lib/contrib/auth/events/security-events';
import { logout } from '@/lib/contrib/auth';
import { makePassword } from '@/lib/contrib/auth/hashers';
import { modelForm } from '@/lib/contrib/admin/form/model-form';
import { operate } from '@/lib/http/api/operate';
import { overrideSettings } from '@/lib/conf/settings';
import { parseForm } from '@/lib/forms/forms';
import { readMe } from '@/lib/extras/tokens/api/operations';
import { receiver } from '@/lib/apps/define-config';
import { redirect } from 'next/navigation';
import { refuseTaken } from '@/lib/db/unique';
import { refusedField } from '@/lib/forms/forms';
import { reserveAttempt } from '@/lib/extras/throttling/attempts';
import { saveForm } from '@/lib/forms/forms';
import { sealedCookie } from '@/lib/core/sealed-cookie';
import { sendMail } from '@/lib/core/mail';
import { settings } from '@/lib/conf/settings';
import { success } from '@/lib/contrib/messages/api';
import { tabularInline } from '@/lib/contrib/admin/inlines/inline';
import { textField } from '@/lib/forms/fields';
import { throttledForm } from '@/lib/http/refused-form';
import { transaction } from '@/lib/db/client';
import { useOnce } from '@/lib/db/secrets/use-once';
import { userLoggedIn } from '@/lib/contrib/auth/signals';
import { userLoggedOut } from '@/lib/contrib/auth/signals';
import { users } from '@/lib/contrib/auth/users/managers';
import { z } from 'zod';

declare const request: HttpRequest<User>;
declare const form: FormData;
declare const user: User;
declare const group: unknown;
declare const challenge: string;
declare const secret: string;
declare const encoded: string;
declare const parseChallenge: (value: unknown) => { challenge: string } | null;

export async function defineAppExample() {
  const shopApp = defineApp({
    label: 'shop',
    verboseName: 'Shop',
    requires: ['auth'],
    models: { order: { verboseName: 'order', permissions: [['refund_order', 'Can refund order']] } },
  });
}

export async function receiverExample() {
  defineConfig('shop', {
    receivers: [receiver(userLoggedOut, ({ user }) => console.info(user?.getUsername()))],
  });
}

export async function defineConfigExample() {
  const shopConfig = defineConfig('shop', {
    receivers: [receiver(userLoggedIn, async ({ user }) => console.info(`${user.id} is here`))],
  });
}

export async function overrideSettingsExample() {
  await overrideSettings({ LOGIN_REDIRECT_URL: '/articles/' }, async () => {
    expect(settings.LOGIN_REDIRECT_URL).toBe('/articles/');
  });
}

export async function actionWithFormExample() {
  actionWithForm({
    name: 'rename',
    label: 'Rename',
    permission: 'change',
    form: () => modelForm('auth.group', { fields: ['name'] }),
    run: async ({ ids, values, tx }) => {
      await tx.group.updateMany({ where: { id: { in: [...ids] } }, data: values });
      return { level: 'success', text: 'Renamed.' };
    },
  });
}

export async function extendAdminExample() {
  defineConfig('shop', {
    adminAdditions: [
      extendAdmin('auth.user', {
        objectLinks: async ({ id }) => [{ label: 'Orders', href: `/admin/shop/order/?user=${id}` }],
      }),
    ],
  });
}

export async function adminGuardsOfExample() {
  const { staffMemberRequired } = adminGuardsOf('articles');

  const GET = staffMemberRequired.handler(async () => new Response('For staff.'));
}

export async function modelFormExample() {
  const GroupForm = modelForm('auth.group', { fields: ['name'] });
  const parsed = parseForm(GroupForm.schema, form);
  if (!parsed.ok) return parsed.state;
  const saved = await GroupForm.save(form, () => db.group.create({ data: parsed.data }));
  if (!saved.ok) return saved.state;
}

export async function boundedCountsExample() {
  const [empty] = await boundedCounts([Prisma.sql`auth_group WHERE name = ''`]);
}

export async function tabularInlineExample() {
  const contentTypeAdmin = defineAdmin('contenttypes.contenttype', {
    inlines: [tabularInline('auth.permission', { fields: ['name', 'codename'], extra: 1 })],
  });
}

export async function defineAdminExample() {
  const groupAdmin = defineAdmin('auth.group', {
    listDisplay: ['name'],
    searchFields: ['name'],
    ordering: ['name'],
    filterHorizontal: ['permissions'],
  });
}

export async function guardsOfExample() {
  const { loginRequired, permissionRequired } = guardsOf('auth');

  loginRequired.page(async function Page({ request }) {
    return `Hello, ${request.user.getUsername()}`;
  });

  const rename = permissionRequired('auth.change_group').action(
    async (request, form) => success(request, `${form.get('name')} it is.`),
  );
}

export async function logSecurityEventExample() {
  await logSecurityEvent({ name: 'authn_token_created', actor: user, target: user, request });
}

export async function makePasswordExample() {
  const encoded = await makePassword('correct horse');
  const unusable = await makePassword(null);
}

export async function checkPasswordExample() {
  const isRight = await checkPassword('correct horse', encoded);
}

export async function authenticateExample() {
  const user = await authenticate(request, { username: 'ada', password: 'correct horse' });
  if (!user) return refusedField(form, 'password', 'That is not right.');
}

export async function logoutExample() {
  await logout(request);
  redirect('/');
}

export async function explainExample() {
  const { allowed, places } = await explain(user, 'auth.change_group');
}

export async function PermissionsMixinExample() {
  if (!(await request.user.hasPerm('auth.change_group', group))) throw new PermissionDenied();
}

export async function reserveAttemptExample() {
  const keys = { account: user.getUsername(), network: request.ipAddress };
  const attempt = await reserveAttempt('login', keys, { request });
  if (!attempt.allowed) return throttledForm(attempt.retryAfter, form);
}

export async function completeLoginExample() {
  const next = getSafeNext(request, form);
  redirect(await completeLogin(request, user, { method: 'passkey', next }));
}

export async function usersExample() {
  const ada = await users.createUser({ username: 'ada', password: 'correct horse' });
  const same = await users.getByNaturalKey('ada');
}

export async function successExample() {
  success(request, 'The article was saved.');
}

export async function encryptColumnExample() {
  const stored = encryptColumn('mfa.totp', String(user.id), secret);
  const opened = decryptColumn('mfa.totp', String(user.id), stored);
}

export async function STORAGE_BACKENDSExample() {
  STORAGE_BACKENDS.register({ name: 'AzureStorage', make: async () => new InMemoryStorage() });
}

export async function formatHtmlExample() {
  String(formatHtml`<b title="${user.username}">${user.username}</b>`);
}

export async function sendMailExample() {
  await sendMail({ to: user.email, subject: 'Welcome', text: 'Hello', html: '<p>Hello</p>' });
}

export async function sealedCookieExample() {
  const challenge = sealedCookie({ name: 'gatehouse_challenge', salt: 'passkey', maxAge: 300,
    path: '/accounts/passkey/', parse: parseChallenge });
}

export async function transactionExample() {
  const group = await transaction(async (tx) => {
    await tx.group.deleteMany({ where: { name: 'Former' } });
    return tx.group.create({ data: { name: 'Editors' } });
  });
}

export async function useOnceExample() {
  const expires = new Date(Date.now() + 300_000);
  if (!(await useOnce('challenge', challenge, expires))) throw new PermissionDenied();
}

export async function refuseTakenExample() {
  await refuseTaken('auth_group', { name: 'Group with this name already exists.' }, () =>
    db.group.create({ data: { name: 'Editors' } }),
  );
}

export async function parseFormExample() {
  const parsed = parseForm(z.object({ title: textField({ max: 200 }) }), form);
  if (!parsed.ok) return parsed.state;
  const { title } = parsed.data;
}

export async function refusedFieldExample() {
  const isKnown = (await db.group.count({ where: { name: 'Editors' } })) > 0;
  if (isKnown) return refusedField(form, 'name', 'A group of this name exists already.');
}

export async function saveFormExample() {
  const saved = await saveForm(form, () => users.createUser({ username: 'ada' }));
  if (!saved.ok) return saved.state;
}

export async function operateExample() {
  const { loginRequired } = guardsOf('shop');
  const who = defineOperation({ id: 'who', method: 'GET', path: '/api/shop/who/', summary: 'Who asks',
    permission: null, params: null, query: null, body: null, status: 200,
    answer: z.object({ username: z.string() }) });
  const GET = loginRequired.handler(
    operate(who, async ({ request }) => ({ username: request.user.getUsername() })),
  );
}

export async function defineOperationExample() {
  const readMe = defineOperation({
    id: 'readMe',
    method: 'GET',
    path: '/api/me/',
    summary: 'Who asks',
    permission: null,
    params: null,
    query: null,
    body: null,
    status: 200,
    answer: z.object({ username: z.string() }),
  });
}

export async function getSafeNextExample() {
  redirect(getSafeNext(request, form) ?? settings.LOGIN_REDIRECT_URL);
}
