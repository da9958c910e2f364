import { readFileSync } from 'node:fs';
import path from 'node:path';
import { APPS } from '@/lib/apps/declared';
import { accessRequestMutations } from './access-requests';
import { ACCOUNT } from './account';
import { GUARDS } from './guards';
import { hijackMutations } from './hijack';
import { HOT_PATHS } from './hot-paths';
import { importMutations } from './import';
import { OF_LINES } from './lines';
import { OF_LISTS } from './lists';
import type { Mutation } from './mutation';
import { OF_PASSKEYS } from './passkeys';
import { OF_SCREENS } from './screens';
import { SECOND_FACTORS } from './second-factors';
import { SHARED_SESSIONS } from './shared-sessions';
import { SOCIAL_ACCOUNT } from './socialaccount';
import { tokenMutations } from './tokens';

type Place = Pick<Mutation, 'project' | 'tests'>;

const boundary = (name: string): Place => ({
  project: 'boundary',
  tests: [`tests/boundary/${name}.test.ts`],
});

const integration = (name: string): Place => ({
  project: 'integration-sqlite',
  tests: [`tests/integration/${name}.test.ts`],
});

const SESSIONS: Mutation[] = [
  {
    what: 'a page may write the session',
    file: 'lib/http/entry-points/run-page.ts',
    from: '  session.freeze();\n',
    to: '',
    ...boundary('sessions'),
  },
  {
    what: 'a session has no idle limit',
    file: 'lib/contrib/auth/users/load-session.ts',
    from: 'row.expireDate <= now || ',
    to: '',
    ...boundary('sessions'),
  },
  {
    what: 'a session outlives another password',
    file: 'lib/contrib/auth/index.ts',
    from: 'if (constantTimeCompare(stored, current)) return true;',
    to: 'if (stored !== current) return true;',
    ...boundary('sessions'),
  },
  {
    what: 'an inactive account keeps its sessions',
    file: 'lib/contrib/auth/backends/model.ts',
    from: 'return user && this.userCanAuthenticate(user) ? user : null;',
    to: 'return user;',
    ...boundary('sessions'),
  },
  {
    what: 'a session wakes with its account',
    file: 'lib/contrib/auth/index.ts',
    from: 'if (backend && loaded?.isActive === false) session.flush();',
    to: '',
    ...boundary('sessions'),
  },
  {
    what: 'signing in keeps the key that a stranger had',
    file: 'lib/contrib/auth/index.ts',
    from: '  else session.cycleKey();\n',
    to: '',
    ...boundary('sign-in'),
  },
];

const STEP_UP: Mutation[] = [
  {
    what: 'every sign-in is fresh',
    file: 'lib/contrib/auth/confirmations/step-up.ts',
    from: 'return age === null || now - lastCounting(session) < age * 1000;',
    to: 'return age === null || now >= lastCounting(session);',
    ...boundary('step-up'),
  },
  {
    what: 'any password confirms',
    file: 'lib/contrib/auth/confirmations/password.ts',
    from: '!hasNul(password) && (await user.checkPassword(password))',
    to: '!hasNul(password)',
    ...boundary('step-up'),
  },
  {
    what: 'confirming may be tried without end',
    file: 'lib/contrib/auth/confirmations/password.ts',
    from: '  if (!attempt.allowed) return throttledForm(attempt.retryAfter, form);\n',
    to: '',
    ...boundary('step-up'),
  },
  {
    what: 'a confirmed session keeps its key',
    file: 'lib/contrib/auth/confirmations/step-up.ts',
    from: '  request.session.cycleKey();\n',
    to: '',
    ...boundary('step-up'),
  },
];

const THROTTLING: Mutation[] = [
  {
    what: 'guessing at a sign-in is counted and not stopped',
    file: 'app/(auth)/accounts/login/actions.ts',
    from: '  if (!attempt.allowed) return throttledForm(attempt.retryAfter, form, RESET_STAYS_OPEN);\n',
    to: '',
    ...boundary('sign-in'),
  },
  {
    what: "one's own sign-in clears the network",
    file: 'lib/extras/throttling/attempts.ts',
    from: "SET tries = CASE WHEN scope <> 'network' THEN 0",
    to: "SET tries = CASE WHEN scope <> '' THEN 0",
    ...boundary('sign-in'),
  },
  {
    what: 'a device has tries of its own after its password was changed',
    file: 'lib/extras/throttling/known-devices.ts',
    from: '(mark) => isCurrent(mark, now) && isProven(mark, account)',
    to: '(mark) => isCurrent(mark, now) && isOf(mark.device, account.name)',
    project: 'integration-sqlite',
    tests: ['tests/integration/extras/throttling/sign-in.test.ts'],
  },
  {
    what: 'refusing costs less than the iterations that a hash lacks',
    file: 'lib/contrib/auth/hashers/pbkdf2.ts',
    from: 'if (missing > 0) await spend(password, { kind: algorithm, units: missing });',
    to: 'if (missing > 0) await Promise.resolve();',
    project: 'unit',
    tests: ['tests/unit/contrib/auth/hashers/pbkdf2.test.ts'],
  },
];

const PRIVILEGES: Mutation[] = [
  {
    what: 'an inactive superuser may do anything',
    file: 'lib/contrib/auth/permissions/decisions.ts',
    from: 'const isOmnipotent = isCarried && user.isActive && user.isSuperuser;',
    to: 'const isOmnipotent = isCarried && user.isSuperuser;',
    ...boundary('privileges'),
  },
  {
    what: 'whoever is active gives what they do not hold',
    file: 'lib/extras/grant-rules/may-grant.ts',
    from: 'if (isOmnipotent(user)) return [];',
    to: 'if (user.isActive) return [];',
    ...boundary('privileges'),
  },
  {
    what: 'anybody gives superuser status',
    file: 'lib/extras/grant-rules/rules.ts',
    from: '  const errors = { ...lost, ...statusErrors(account, next) };',
    to: '  const errors = { ...lost };',
    ...integration('extras/grant-rules/rules'),
  },
  {
    what: 'anybody changes a superuser',
    file: 'lib/extras/grant-rules/rules.ts',
    from: 'if (account?.isSuperuser && settings.CHANGE_SUPERUSER_NEEDS_SUPERUSER) {',
    to: 'if (!account && settings.CHANGE_SUPERUSER_NEEDS_SUPERUSER && before) {',
    ...boundary('privileges'),
  },
  {
    what: 'the password of somebody mightier may be set',
    file: 'lib/contrib/auth/admin/set-password.ts',
    from: '    if (refusal !== null) throw new PermissionDenied(refusal);\n',
    to: '',
    ...boundary('privileges'),
  },
  {
    what: 'the matrix saves something else than was read',
    file: 'lib/extras/matrix/matrix-save.ts',
    from: 'if (why || review.refusals.length > 0)',
    to: 'if (review.refusals.length > 0)',
    ...integration('extras/matrix/matrix'),
  },
];

const OPERATING: Mutation[] = [
  {
    what: 'anybody reads the figures where no token is set',
    file: 'lib/extras/metrics/may-read.ts',
    from: "env.METRICS_TOKEN !== '' && constantTimeCompare",
    to: "env.METRICS_TOKEN === '' || constantTimeCompare",
    ...boundary('metrics'),
  },
  {
    what: 'a log keeps the token of a link',
    file: 'lib/http/server/logged-path.ts',
    from: 'if (declared !== undefined) return declared;',
    to: '',
    project: 'unit',
    tests: ['tests/unit/http/server/access-log.test.ts'],
  },
];

const APP = /^(?:(?:lib|tests\/\w+)\/(?:extras|site)\/|app\/\((?!site\)))([^/)]+)[/)]/;
const ADMIN = /^(?:lib\/contrib\/(?:\w+\/)?admin\b|app\/\([^/]+\)\/admin\/)/;

/** Whether a file is no app's, or of apps that were not deleted from the tree: a page in the admin is of two. */
function isHere(file: string): boolean {
  const labels = [...(ADMIN.test(file) ? ['admin'] : []), APP.exec(file)?.[1] ?? 'auth'];
  return labels.every((label) => APPS.some((app) => app.label === label));
}

/** Tests that were written with an app and went with it, by the app, as `manage removeapp` notes them. */
const gone: { readonly [label: string]: readonly string[] } = JSON.parse(
  readFileSync(path.join(import.meta.dirname, '../gone.json'), 'utf8'),
);
const GONE = new Set(Object.values(gone).flat());

export const ALL_MUTATIONS: readonly Mutation[] = [
  ...GUARDS,
  ...SESSIONS,
  ...SHARED_SESSIONS,
  ...STEP_UP,
  ...THROTTLING,
  ...PRIVILEGES,
  ...SECOND_FACTORS,
  ...OF_PASSKEYS,
  ...OF_LINES,
  ...OF_LISTS,
  ...OF_SCREENS,
  ...ACCOUNT,
  ...SOCIAL_ACCOUNT,
  ...importMutations(),
  ...tokenMutations(),
  ...hijackMutations(),
  ...accessRequestMutations(),
  ...OPERATING,
  ...HOT_PATHS,
];

/** Each has to be noticed, as `npm run test:mutations` tries; none of an app, or by a test alone, that was deleted. */
export const MUTATIONS: readonly Mutation[] = ALL_MUTATIONS.filter(
  ({ file, tests }) => isHere(file) && !tests.every((test) => GONE.has(test) || !isHere(test)),
);
