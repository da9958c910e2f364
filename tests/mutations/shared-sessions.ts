import type { Mutation } from './mutation';

type Place = Pick<Mutation, 'project' | 'tests'>;

const unit: Place = { project: 'unit', tests: ['tests/unit/core/signing.test.ts'] };
const shared = (app: string): Place => ({
  project: 'integration-sqlite',
  tests: [`tests/integration/${app}/shared-session.test.ts`],
});
const sessions = shared('contrib/sessions');

const BACKENDS = 'lib/contrib/sessions/backends';

/** What protects a session that Django shares, taken out. */
export const SHARED_SESSIONS: readonly Mutation[] = [
  {
    what: 'what Django is said to have signed is believed',
    file: 'lib/core/signing/index.ts',
    from: 'if (signer < 0 || seconds === null) return null;',
    to: 'if (seconds === null) return null;',
    ...unit,
  },
  {
    what: 'a session is inflated as far as it goes',
    file: 'lib/core/signing/index.ts',
    from: '{ maxOutputLength: maxBytes }',
    to: '{}',
    ...unit,
  },
  {
    what: 'a key of any shape is looked for',
    file: 'lib/contrib/sessions/cookie.ts',
    from: 'if (!DJANGO_KEY.test(key)) return null;',
    to: '',
    project: 'unit',
    tests: ['tests/unit/site/middleware.test.ts'],
  },
  {
    what: 'what was kept of one person goes to the next in the same row',
    file: `${BACKENDS}/stored-row.ts`,
    from: 'return userIdOf(theirs) === userId || isActing(sessionData);',
    to: 'return true;',
    ...sessions,
  },
  {
    what: 'Django goes on with a session that was ended here',
    file: 'lib/contrib/sessions/store.ts',
    from: 'if (!sharesDjangos()) return (await tx.session.deleteMany({ where })).count;',
    to: 'return (await tx.session.deleteMany({ where })).count;',
    ...sessions,
  },
  {
    what: 'Django goes on with sessions that were not seen here',
    file: 'lib/contrib/sessions/store.ts',
    from: 'return count + (await endAtDjango(tx, await unseenKeysOf(tx, userIds)));',
    to: 'return count;',
    ...sessions,
  },
  {
    what: 'whoever acts as somebody is that person at Django',
    file: `${BACKENDS}/halves.ts`,
    from: 'const isTheirs = isOfUser(name) ? !acting : isShared;',
    to: 'const isTheirs = isOfUser(name) || isShared;',
    ...shared('extras/hijack'),
  },
  {
    what: 'a sign-in at Django goes past the second factor',
    file: 'lib/extras/mfa/admission.ts',
    from: 'if (beganAtDjango(session) && (await hasFactor(user))) {',
    to: 'if (beganAtDjango(session) && false) {',
    ...shared('extras/mfa'),
  },
];
