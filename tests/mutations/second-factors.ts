import type { Mutation } from './mutation';

type Place = Pick<Mutation, 'project' | 'tests'>;

const tried = (name: string): Place => ({
  project: 'integration-sqlite',
  tests: [`tests/integration/extras/mfa/${name}.test.ts`],
});

const MFA = 'lib/extras/mfa';

/** What a second factor protects, taken out. */
export const SECOND_FACTORS: readonly Mutation[] = [
  {
    what: 'nobody is asked for their second factor',
    file: `${MFA}/stages.ts`,
    from: '!hasProven(pending) && (await hasFactor(user)),',
    to: 'false,',
    ...tried('sign-in'),
  },
  {
    what: 'one way in goes past the second factor',
    file: `${MFA}/stages.ts`,
    from: '!hasProven(pending) && (await hasFactor(user)),',
    to: "!hasProven(pending) && pending.methods[0]?.method !== 'code' && (await hasFactor(user)),",
    ...tried('sign-in'),
  },
  {
    what: 'a code counts as often as it is sent',
    file: `${MFA}/factors/totp-kind.ts`,
    from: 'AND last_step < ',
    to: 'AND -9 < ',
    ...tried('sign-in'),
  },
  {
    what: 'a recovery code is good for anybody',
    file: `${MFA}/factors/recovery-codes-kind.ts`,
    from: ' AND code_hash = ',
    to: ' * 0 = 0 AND code_hash = ',
    ...tried('sign-in'),
  },
  {
    what: 'tries at codes are not counted',
    file: `${MFA}/tries.ts`,
    from: 'if (!attempt.allowed) return',
    to: 'if (attempt === null) return',
    ...tried('sign-in'),
  },
  {
    what: 'a code that was typed is shown again',
    file: `${MFA}/tries.ts`,
    from: 'filter(([name]) => !isProof(name))',
    to: 'filter(([name]) => isProof(name) || true)',
    ...tried('sign-in'),
  },
  {
    what: 'trust outlives the password',
    file: `${MFA}/trusted-browsers.ts`,
    from: '{authHash}`)',
    to: '{authHash.slice(0, 0)}`)',
    ...tried('sign-in'),
  },
  {
    what: 'a browser is trusted for whoever signs in',
    file: `${MFA}/trusted-browsers.ts`,
    from: 'where: { userId: id, tokenHash: { in: [...kept] }, expires: { gt: now } },',
    to: 'where: { userId: id, expires: { gt: now } },',
    ...tried('sign-in'),
  },
  {
    what: 'the token of a trusted browser stays the same',
    file: `${MFA}/trusted-browsers.ts`,
    from: 'data: { tokenHash: fresh, lastUsed: now',
    to: 'data: { lastUsed: now',
    ...tried('sign-in'),
  },
  {
    what: 'a trusted browser is a fresh proof',
    file: 'lib/contrib/auth/confirmations/step-up.ts',
    from: 'const counting = isStrong ?',
    to: 'const counting = false ?',
    ...tried('sign-in'),
  },
  {
    what: 'a rule asks nothing of whoever is signed in',
    file: 'lib/contrib/auth/decorators.ts',
    from: 'if (!options.beforeSecondFactor) {',
    to: 'if (options.beforeSecondFactor) {',
    ...tried('sign-in'),
  },
  {
    what: 'a factor is set up without a code of it',
    file: `${MFA}/enrolment/totp-enrolment.ts`,
    from: 'if (step === null) return',
    to: 'if (step === -1) return',
    ...tried('factors'),
  },
  {
    what: 'who waits with the password sets up a second factor beside the owner’s',
    file: `${MFA}/enrolment/may-add-factor.ts`,
    from: '|| (await countFactors(tx, user.id)) === 0',
    to: '|| (await countFactors(tx, user.id)) >= 0',
    ...tried('factors'),
  },
  {
    what: 'a reset does not end what was set up on the way in',
    file: `${MFA}/enrolment/enrolled-factor.ts`,
    from: 'created.getTime() <= proof.at',
    to: 'created.getTime() > 0',
    ...tried('factors'),
  },
  {
    what: 'recovery codes are made for whoever has no factor any more',
    file: `${MFA}/enrolment/new-recovery-codes.ts`,
    from: 'if (!hasFactor) return null;',
    to: '',
    ...tried('factors'),
  },
  {
    what: 'other sessions stay when factors change',
    file: `${MFA}/factors/factor-changes.ts`,
    from: 'await endSessionsOf(tx, [user.id], stays);',
    to: 'await endSessionsOf(tx, [-1], stays);',
    ...tried('factors'),
  },
  {
    what: 'the password turns a second factor off',
    file: `${MFA}/confirmations.ts`,
    from: "of: ['password']",
    to: 'of: []',
    ...tried('factors'),
  },
  {
    what: 'a factor that is required is turned off',
    file: `${MFA}/factors/factor-removal.ts`,
    from: 'if (requirement && (await countRequiredFactors(tx, user.id)) === 0) {',
    to: 'if (requirement === undefined) {',
    ...tried('factors'),
  },
  {
    what: 'after a reset the password is enough to set up another',
    file: `${MFA}/reset/tickets.ts`,
    from: 'if (!row) return NO_TICKET_NEEDED;',
    to: 'if (!row || row) return NO_TICKET_NEEDED;',
    ...tried('factors'),
  },
  {
    what: 'a ticket never expires',
    file: `${MFA}/reset/tickets.ts`,
    from: 'if (row.expires <= new Date())',
    to: 'if (row.expires <= new Date(0))',
    ...tried('factors'),
  },
  {
    what: 'one person agrees with themselves',
    file: `${MFA}/reset/reset-factors.ts`,
    from: 'if (asked.requestedById === by.user.id)',
    to: 'if (asked.requestedById === 0)',
    ...tried('factors'),
  },
  {
    what: 'anybody resets the factors of the mightier',
    file: `${MFA}/reset/may-reset.ts`,
    from: 'return (await identityRefusals(actor, [target], asked)).get(target.id) ?? null;',
    to: 'return asked && identityRefusals && null;',
    ...tried('factors'),
  },
];
