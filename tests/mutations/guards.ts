import type { Mutation } from './mutation';

const boundary = (name: string) => ({
  project: 'boundary' as const,
  tests: [`tests/boundary/${name}.test.ts`],
});

/** What would let in who is not to be let in, or believe what they send. */
export const GUARDS: Mutation[] = [
  {
    what: 'a guard asks nothing of where a form was sent from',
    file: 'lib/http/entry-points/admit.ts',
    from: '  refuseForged(request);\n',
    to: '',
    ...boundary('forged'),
  },
  {
    what: 'a stranger is taken for somebody',
    file: 'lib/contrib/auth/decorators.ts',
    from: 'return request.user.isAuthenticated;',
    to: 'return request.user !== null;',
    ...boundary('guards'),
  },
  {
    what: 'of several permissions the first is enough',
    file: 'lib/contrib/auth/decorators.ts',
    from: 'for (const name of perms) {',
    to: 'for (const name of perms.slice(0, 1)) {',
    ...boundary('guards'),
  },
  {
    what: 'a test of the user is not waited for',
    file: 'lib/contrib/auth/decorators.ts',
    from: 'if (!(await test(signedIn.user)))',
    to: 'if (!test(signedIn.user))',
    ...boundary('guards'),
  },
  {
    what: 'everybody active is staff',
    file: 'lib/contrib/admin/decorators.ts',
    from: 'isActive && isStaff && attenuation',
    to: '(isActive || isStaff) && attenuation',
    ...boundary('guards'),
  },
  {
    what: 'an action believes any state that it is sent',
    file: 'lib/http/entry-points/run-action.ts',
    from: '&& isFormState(first);',
    to: ';',
    ...boundary('arguments'),
  },
  {
    what: 'the page behind a refused action runs',
    file: 'lib/http/entry-points/admit.ts',
    from: "if (notes && 'raised' in notes) throw notes.raised;",
    to: '',
    ...boundary('raised'),
  },
  {
    what: 'a token of an address is written into the security log',
    file: 'lib/http/refusals.ts',
    from: 'path: withoutSecrets(path)',
    to: 'path',
    ...boundary('raised'),
  },
];
