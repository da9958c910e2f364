import { APPS } from '@/lib/apps/declared';

const integration = (name: string) => ({
  project: 'integration-sqlite' as const,
  tests: [`tests/integration/extras/hijack/${name}.test.ts`],
});

const acting = integration('hijack');
const ending = integration('endings');

const HIJACK = [
  {
    what: 'a session in which somebody acts needs nobody to vouch for it',
    file: 'lib/contrib/auth/authenticators/on-behalf.ts',
    from: '  session.flush();\n  return new AnonymousUser();',
    to: '  return user;',
    ...acting,
  },
  {
    what: 'acting as somebody never ends by itself',
    file: 'lib/extras/hijack/vouch.ts',
    from: 'if (state.until <= now)',
    to: 'if (state.until <= 0)',
    ...ending,
  },
  {
    what: 'who may act is asked once only',
    file: 'lib/extras/hijack/vouch.ts',
    from: 'const refusal = await whyNotImpersonate(actor, user);',
    to: 'const refusal = null;',
    ...ending,
  },
  {
    what: 'acting as somebody outlives the idle limit of whoever acts',
    file: 'lib/extras/hijack/vouch.ts',
    from: 'const stored = await loadByHash(own, now);',
    to: 'const stored = await loadByHash(own, new Date(-1));',
    ...ending,
  },
  {
    what: 'whoever acts rises',
    file: 'lib/extras/hijack/may-impersonate.ts',
    from: 'const missing = await missingOf(actor, target);',
    to: "const missing = (await missingOf(actor, target)) === '' ? '' : null;",
    ...integration('who-may'),
  },
  {
    what: 'what is personal is open to whoever acts',
    file: 'lib/contrib/auth/decorators.ts',
    from: '    if (label !== null && isPersonal(label)) refuseImpersonation(request);\n',
    to: '',
    ...integration('closed'),
  },
  {
    what: 'whoever acts has a fresh sign-in',
    file: 'lib/contrib/auth/confirmations/step-up.ts',
    from: 'if (isWithoutCookies || user?.impersonator) return false;',
    to: 'if (isWithoutCookies) return false;',
    ...acting,
  },
  {
    what: 'whoever acts confirms who the other is',
    file: 'lib/contrib/auth/confirmations/step-up.ts',
    from: '  refuseImpersonation(request);\n',
    to: '',
    ...acting,
  },
  {
    what: 'the log names the other for whoever acts',
    file: 'lib/extras/security-log/security-log.ts',
    from: 'const who = asked?.impersonator ?? asked;',
    to: 'const who = asked;',
    ...acting,
  },
  {
    what: 'the history names the other for whoever acts',
    file: 'lib/contrib/admin/models.ts',
    from: '(user.impersonator ?? user).id',
    to: 'user.id',
    ...acting,
  },
  {
    what: 'the record of acting loses its session with the key',
    file: 'lib/extras/hijack/config.ts',
    from: '  sessionMoved: [moveActing],\n',
    to: '',
    ...ending,
  },
];

/** Protections around acting as somebody; none where the app was deleted from the tree. */
export function hijackMutations() {
  return APPS.some(({ label }) => label === 'hijack') ? HIJACK : [];
}
