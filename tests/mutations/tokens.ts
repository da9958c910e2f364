import { APPS } from '@/lib/apps/declared';

const integration = (name: string) => ({
  project: 'integration-sqlite' as const,
  tests: [`tests/integration/extras/tokens/${name}.test.ts`],
});

const bearers = integration('bearer');

const TOKENS = [
  {
    what: 'a token is worth all that its owner holds',
    file: 'lib/contrib/auth/permissions/decisions.ts',
    from: 'const isCarried = user.attenuation?.has(perm) ?? true;',
    to: 'const isCarried = true;',
    ...bearers,
  },
  {
    what: 'what a token does not carry is listed',
    file: 'lib/contrib/auth/permissions/decisions.ts',
    from: '      if (user.attenuation?.has(perm) === false) continue;\n',
    to: '',
    ...bearers,
  },
  {
    what: 'a token is asked for apps as its owner',
    file: 'lib/contrib/auth/permissions/permissions-mixin.ts',
    from: 'if (this.attenuation) {',
    to: 'if (this.attenuation && !this.isActive) {',
    ...bearers,
  },
  {
    what: 'a token is staff',
    file: 'lib/contrib/admin/decorators.ts',
    from: ' && attenuation === null',
    to: '',
    ...bearers,
  },
  {
    what: 'a token is a fresh sign-in',
    file: 'lib/contrib/auth/confirmations/step-up.ts',
    from: 'if (isWithoutCookies || user?.impersonator) return false;',
    to: 'if (user?.impersonator) return false;',
    ...bearers,
  },
  {
    what: 'a token counts on pages',
    file: 'lib/extras/tokens/authenticator.ts',
    from: "if (head.entryPoint !== 'handler' || !hasBearer(head.headers)) return null;",
    to: 'if (!hasBearer(head.headers)) return null;',
    ...bearers,
  },
  {
    what: 'a token that has ended is good',
    file: 'lib/extras/tokens/authenticator.ts',
    from: 'if (isAlive(token) && user.isActive) return;',
    to: 'if (user.isActive) return;',
    ...bearers,
  },
  {
    what: 'a token of somebody inactive is good',
    file: 'lib/extras/tokens/authenticator.ts',
    from: 'if (isAlive(token) && user.isActive) return;',
    to: 'if (isAlive(token)) return;',
    ...bearers,
  },
  {
    what: 'a token is good from everywhere',
    file: 'lib/extras/tokens/authenticator.ts',
    from: '    await refuseElsewhere(token, user, from);\n',
    to: '',
    ...bearers,
  },
  {
    what: 'a token never waits',
    file: 'lib/extras/tokens/authenticator.ts',
    from: '    refuseTooMany(token);\n',
    to: '',
    ...bearers,
  },
  {
    what: 'a bad token is no token',
    file: 'lib/extras/tokens/authenticator.ts',
    from: 'isTokenText(text) ? await loadToken(text) : invalid();',
    to: 'isTokenText(text) ? await loadToken(text) : null;\n    if (!isTokenText(text)) return null;',
    ...integration('every-handler'),
  },
  {
    what: 'a token may be made of what its owner lacks',
    file: 'lib/extras/tokens/create-token.ts',
    from: '  await refuseNotHeld(owner, draft);\n',
    to: '',
    ...integration('account-pages'),
  },
  {
    what: 'anybody ends a token',
    file: 'lib/extras/tokens/end-own-token.ts',
    from: '    if (isTheirs === 0) return null;\n',
    to: '',
    ...integration('account-pages'),
  },
  {
    what: 'a token needs no fresh sign-in',
    // In two parts: a file that names the address is taken for one that goes with the app.
    file: ['app/(tokens)/accounts', 'tokens/actions.ts'].join('/'),
    from: 'if (!isSignInFresh(request)) {',
    to: 'if (!user.isActive) {',
    ...integration('account-pages'),
  },
  {
    what: 'people sign in as programs',
    file: 'lib/extras/tokens/config.ts',
    from: '  loginStages: [serviceStage],\n',
    to: '',
    ...integration('commands'),
  },
];

/** Protections of tokens; none where the app was deleted from the tree, and its tests with it. */
export function tokenMutations() {
  return APPS.some(({ label }) => label === 'tokens') ? TOKENS : [];
}
