import { APPS } from '@/lib/apps/declared';

const provenBy = (name: string) =>
  ({
    project: 'integration-sqlite',
    tests: [`tests/integration/extras/socialaccount/${name}.test.ts`],
  }) as const;

const lib = (name: string) => `lib/extras/socialaccount/${name}.ts`;

const PROTECTIONS = [
  {
    what: 'an answer counts at another provider than it was begun at',
    file: lib('transaction/transaction-cookie'),
    from: ' && one.provider === provider;',
    to: ';',
    ...provenBy('sign-in'),
  },
  {
    what: 'an answer counts with the cookie of another',
    file: lib('transaction/transaction-cookie'),
    from: 'constantTimeCompare(one.state, state) && one',
    to: 'constantTimeCompare(state, state) && one',
    ...provenBy('sign-in'),
  },
  {
    what: 'an answer counts for ever',
    file: lib('transaction/transaction-cookie'),
    from: '    maxAge: TRANSACTION_AGE,\n',
    to: '    maxAge: 100 * TRANSACTION_AGE,\n',
    ...provenBy('sign-in'),
  },
  {
    what: 'an answer counts twice',
    file: lib('transaction/finish'),
    from: "if (!(await takeOnce('oidc', begun.state, expires))) {",
    to: "if (expires.getTime() < 0 && !(await takeOnce('oidc', begun.state, expires))) {",
    ...provenBy('sign-in'),
  },
  {
    what: 'a token needs no signature',
    file: lib('providers/metadata'),
    from: '    enableNonRepudiationChecks,\n    ...(isLoop',
    to: '    ...(isLoop',
    ...provenBy('sign-in'),
  },
  {
    what: 'a subject of another issuer is the same person',
    file: lib('who/who-is-it'),
    from: 'if (link && link.issuer !== null && link.issuer !== identity.issuer) {',
    to: 'if (link && link.issuer === undefined) {',
    ...provenBy('sign-in'),
  },
  {
    what: 'an address that nobody has verified here signs in',
    file: lib('who/who-is-it'),
    from: 'const where = { email: foldAddress(email), verified: true };',
    to: 'const where = { email: foldAddress(email) };',
    ...provenBy('sign-in'),
  },
  {
    what: 'an address that nobody has verified there signs in',
    file: lib('who/who-is-it'),
    from: "if (email === '' || !isEmailVerified) return null;",
    to: "if (email === '' || isEmailVerified === undefined) return null;",
    ...provenBy('sign-in'),
  },
  {
    what: 'every provider is believed about addresses',
    file: lib('providers/claims'),
    from: 'isEmailVerified: setting.trustEmail === true && isVerified(',
    to: 'isEmailVerified: isVerified(',
    ...provenBy('sign-in'),
  },
  {
    what: 'who registered first keeps another’s address',
    file: lib('who/take-address'),
    from: "    if (bearers.includes(id)) await writeEmail(tx, id, '');\n",
    to: '',
    ...provenBy('sign-in'),
  },
  {
    what: 'an unverified address opens registration',
    file: lib('who/new-user'),
    from: "return isEmailVerified && email !== '' && signup",
    to: "return (isEmailVerified || email !== '') && signup",
    ...provenBy('sign-in'),
  },
  {
    what: 'GitHub’s people are their names',
    file: lib('providers/github'),
    from: 'sub: String(id),',
    to: 'sub: id ? login : login,',
    ...provenBy('sign-in'),
  },
  {
    what: 'a link is made in another’s session',
    file: lib('transaction/connect'),
    from: 'request.user.id === user && request.session.keyHash === session',
    to: '(request.user.id === user || request.session.keyHash !== session)',
    ...provenBy('links'),
  },
  {
    what: 'an old sign-in makes a link',
    file: lib('transaction/connect'),
    from: '  if (!isSignInFresh(request)) {\n',
    to: '  if (!isSignInFresh(request, 0)) {\n',
    ...provenBy('links'),
  },
  {
    what: 'an old sign-in unlinks',
    file: 'app/(socialaccount)/accounts/3rdparty/actions.ts',
    from: '    if (!isSignInFresh(request)) {\n',
    to: '    if (!isSignInFresh(request, 0)) {\n',
    ...provenBy('links'),
  },
  {
    what: 'anybody’s link is removed',
    file: lib('links/unlink'),
    from: 'const where = { id, userId: user.id };',
    to: 'const where = { id };',
    ...provenBy('links'),
  },
  {
    what: 'the last way in is taken',
    file: lib('links/unlink'),
    from: '    if ((await waysInOf(tx, user.id)) === 0) throw new LastWayIn();\n',
    to: '    if ((await waysInOf(tx, user.id)) < 0) throw new LastWayIn();\n',
    ...provenBy('links'),
  },
  {
    what: 'a provider takes what somebody gave by hand',
    file: lib('who/groups'),
    from: '    if (isIn && sources.length === 0) continue;\n',
    to: '',
    ...provenBy('links'),
  },
  {
    what: 'groups that could not be told are taken',
    file: lib('providers/claims'),
    from: 'const MOST_GROUPS = 200;',
    to: 'const MOST_GROUPS = 2000;',
    ...provenBy('links'),
  },
  {
    what: 'every provider’s second factor counts',
    file: lib('providers/claims'),
    from: 'hasSecondFactor: setting.trustAmr === true && hasFactor(',
    to: 'hasSecondFactor: hasFactor(',
    ...provenBy('links'),
  },
  {
    what: 'an id_token signs out',
    file: lib('logout/back-channel'),
    from: "    typ: 'logout+jwt',\n",
    to: '',
    ...provenBy('links'),
  },
  {
    what: 'a logout token counts for ever',
    file: lib('logout/back-channel'),
    from: '    maxTokenAge: MAX_AGE,\n',
    to: '',
    ...provenBy('links'),
  },
  {
    what: 'a logout token counts twice',
    file: lib('logout/back-channel'),
    from: "if (!(await takeOnce('logout_token', once, expires, tx))) return false;",
    to: "await takeOnce('logout_token', once, expires, tx);",
    ...provenBy('links'),
  },
  {
    what: 'a logout token with a nonce signs out',
    file: lib('logout/back-channel'),
    from: "!isLogout || 'nonce' in payload || ",
    to: '!isLogout || ',
    ...provenBy('links'),
  },
  {
    what: 'a logout token for one session ends another’s',
    file: lib('logout/oidc-sessions'),
    from: "    ...(sid !== '' && { sid }),\n",
    to: '',
    ...provenBy('links'),
  },
  {
    what: 'a session loses its provider with its key',
    file: 'lib/extras/socialaccount/config.ts',
    from: '  sessionMoved: [moveOidcSession],\n',
    to: '',
    ...provenBy('links'),
  },
  {
    what: 'forms may end at a provider of an app that is out',
    file: 'lib/apps/installed.ts',
    from: 'return installedApps().flatMap((app) => app.formOrigins?.(settings) ?? []);',
    to: 'return APPS.flatMap((app) => app.formOrigins?.(settings) ?? []);',
    project: 'unit',
    tests: ['tests/unit/extras/socialaccount/settings.test.ts'],
  },
] as const;

/** What protects signing in at a provider; nothing where the app is deleted. */
export const SOCIAL_ACCOUNT = APPS.some(({ label }) => label === 'socialaccount')
  ? PROTECTIONS
  : [];
