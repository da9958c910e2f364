import { APPS } from '@/lib/apps/declared';
import type { Mutation } from './mutation';

const integration = (name: string): Pick<Mutation, 'project' | 'tests'> => ({
  project: 'integration-sqlite',
  tests: [`tests/integration/extras/access-requests/${name}.test.ts`],
});

const timed = integration('timed-grants');
const requests = integration('requests');
const answers = integration('answers');

const APP = 'lib/extras/access-requests';

const ACCESS_REQUESTS: readonly Mutation[] = [
  {
    what: 'a grant for a time counts at its end too',
    file: 'lib/contrib/auth/permissions/timed-grants.ts',
    from: 'WHERE until > ',
    to: 'WHERE until >= ',
    ...timed,
  },
  {
    what: 'a grant for a time never ends',
    file: 'lib/contrib/auth/permissions/timed-grants.ts',
    from: 'WHERE until > ',
    to: 'WHERE until IS NOT NULL OR until > ',
    ...timed,
  },
  {
    what: 'what somebody holds for a time protects them from nobody',
    file: 'lib/extras/grant-rules/identity.ts',
    from: 'if (!table) return Prisma.empty;',
    to: 'if (!table || table) return Prisma.empty;',
    ...timed,
  },
  {
    what: 'people raise the group that they are in for a time',
    file: 'lib/extras/grant-rules/rules.ts',
    from: 'asks ? await groupsNowOf(tx, actor.id)',
    to: 'asks ? await groupsOf(tx, actor.id)',
    ...timed,
  },
  {
    what: 'the review of the matrix knows nothing of what is held for a time',
    file: 'lib/contrib/auth/rights/effects.ts',
    from: '() => has(owned) || has(timed) ||',
    to: '() => has(owned) ||',
    ...timed,
  },
  {
    what: 'open tabs are not told of what is granted for a time',
    file: 'lib/contrib/auth/users/user-state.ts',
    from: '...timedGrants(now).flatMap((table) => [',
    to: '...timedGrants(now).slice(1).flatMap((table) => [',
    ...timed,
  },
  {
    what: 'what one was refused another may ask for',
    file: `${APP}/refused-seal.ts`,
    from: '({ user }) => user === userId',
    to: '({ user }) => user === userId || user > 0',
    ...requests,
  },
  {
    what: 'people ask for whatever they name',
    file: 'app/(access-requests)/accounts/access-requests/actions.ts',
    from: "await openRefused(form.get('refused'), user.id);",
    to: "(await openRefused(form.get('refused'), user.id)) ?? [String(form.get('refused'))];",
    ...requests,
  },
  {
    what: 'requests never wait',
    file: 'app/(access-requests)/accounts/access-requests/actions.ts',
    from: '    if (!attempt.allowed) return throttledForm(attempt.retryAfter, form);\n',
    to: '',
    ...requests,
  },
  {
    what: 'others take back what one asked for',
    file: `${APP}/own-requests.ts`,
    from: "where: { id, userId: user.id, state: 'open' },",
    to: "where: { id, state: 'open' },",
    ...requests,
  },
  {
    what: 'whoever acts as somebody asks and grants for them',
    file: `${APP}/apps.ts`,
    from: '  isPersonal: true,\n',
    to: '',
    ...requests,
  },
  {
    what: 'people grant what they ask for themselves',
    file: `${APP}/may-decide.ts`,
    from: 'if (viewer.id === asked.userId) return',
    to: 'if (viewer.id === -1) return',
    ...answers,
  },
  {
    what: 'people grant what they may not give',
    file: `${APP}/may-decide.ts`,
    from: 'return grantable.has(asked.permissionId) ?',
    to: 'return grantable.size >= 0 ?',
    ...answers,
  },
  {
    what: 'whoever may not change a person grants them something',
    file: `${APP}/may-decide.ts`,
    from: 'if (!(await mayChange(viewer, asked.userId)))',
    to: 'if (!(await mayChange(viewer, asked.userId)) && viewer.id === -1)',
    ...answers,
  },
  {
    what: 'an old sign-in grants',
    file: 'app/(access-requests)/admin/access_requests/accessrequest/actions.ts',
    from: 'if (!isSignInFresh(request)) {',
    to: 'if (!isSignInFresh(request) && request.user.id === -1) {',
    ...answers,
  },
  {
    what: 'a group gives more than whoever grants it holds',
    file: `${APP}/answer.ts`,
    from: "    if (first !== undefined) throw refusal(first, 'way');\n",
    to: '',
    ...answers,
  },
  {
    what: 'a group gives what it was not shown to hold',
    file: `${APP}/answer.ts`,
    from: 'if (contentOf(group) !== seen) {',
    to: "if (contentOf(group) === '') {",
    ...answers,
  },
  {
    what: 'a request is answered twice',
    file: `${APP}/answer.ts`,
    from: "where: { id, state: 'open', userId: { not: by.user.id } },",
    to: 'where: { id, userId: { not: by.user.id } },',
    ...answers,
  },
  {
    what: 'whoever was deactivated meanwhile is granted something',
    file: `${APP}/answer.ts`,
    from: 'if (!account?.isActive) throw refusal',
    to: 'if (!account) throw refusal',
    ...answers,
  },
  {
    what: 'everybody ends what somebody has for a time',
    file: 'app/(access-requests)/admin/access_requests/timedgrant/[id]/end/actions.ts',
    from: 'if (!grant || !(await mayChange(request.user, grant.userId))) throw',
    to: 'if (!grant) throw',
    ...answers,
  },
];

/** Protections around access that is asked for; none where the app was deleted from the tree. */
export function accessRequestMutations() {
  return APPS.some(({ label }) => label === 'access-requests') ? ACCESS_REQUESTS : [];
}
