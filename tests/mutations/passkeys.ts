import type { Mutation } from './mutation';

const PASSKEYS = 'lib/extras/mfa/passkeys';

const tried: Pick<Mutation, 'project' | 'tests'> = {
  project: 'integration-sqlite',
  tests: ['tests/integration/extras/mfa/passkeys/passkeys.test.ts'],
};

/** What is asked of passkeys, taken out. */
export const OF_PASSKEYS: readonly Mutation[] = [
  {
    what: 'a passkey signs in without having verified its owner',
    file: `${PASSKEYS}/take-assertion.ts`,
    from: "const isOwnerVerified = purpose !== 'second';",
    to: 'const isOwnerVerified = false;',
    ...tried,
  },
  {
    what: 'the answer to one purpose serves another',
    file: `${PASSKEYS}/challenge.ts`,
    from: 'one.challenge === answered && one.purpose === purpose && one.user === user && isOpen(one, now);',
    to: 'one.challenge === answered && isOpen(one, now);',
    ...tried,
  },
  {
    what: 'a challenge is good for ever',
    file: `${PASSKEYS}/challenge.ts`,
    from: 'return now >= at && now - at < CHALLENGE_AGE * 1000;',
    to: 'return now >= at;',
    ...tried,
  },
  {
    what: 'an answer counts as often as it is sent',
    file: `${PASSKEYS}/take-assertion.ts`,
    from: "if (!(await takeChallenge(challenge, tx))) return 'wrong';",
    to: 'await takeChallenge(challenge, tx);',
    ...tried,
  },
  {
    what: 'a passkey is made as often as its answer is sent',
    file: `${PASSKEYS}/enrolment.ts`,
    from: 'if (!(await takeChallenge(made.challenge, tx))) return null;',
    to: 'await takeChallenge(made.challenge, tx);',
    ...tried,
  },
  {
    what: 'a counter may go back',
    file: `${PASSKEYS}/sign-count.ts`,
    from: 'AND (sign_count < ',
    to: 'AND (-1 < ',
    ...tried,
  },
  {
    what: 'the counter is judged before the signature',
    file: `${PASSKEYS}/take-assertion.ts`,
    from: 'if (!verified) return wrong;',
    to: 'if (!verified) await db.passkey.updateMany({ data: { copySeen: new Date() } });\n  if (!verified) return wrong;',
    ...tried,
  },
  {
    what: 'a key may begin to be copied',
    file: `${PASSKEYS}/verify-assertion.ts`,
    from: ' || credentialDeviceType !== stored.deviceType',
    to: '',
    ...tried,
  },
  {
    what: 'any subdomain may use our passkeys',
    file: `${PASSKEYS}/verify-assertion.ts`,
    from: 'expectedOrigin: expectedOrigins(headers),',
    to: "expectedOrigin: [...expectedOrigins(headers), 'http://sub.localhost:3000'],",
    ...tried,
  },
  {
    what: 'a page in a frame may use our passkeys',
    file: `${PASSKEYS}/take-assertion.ts`,
    from: 'if (!challenge || said.crossOrigin === true) return wrong;',
    to: 'if (!challenge) return wrong;',
    ...tried,
  },
  {
    what: 'whom the authenticator takes its owner for is not asked',
    file: `${PASSKEYS}/take-assertion.ts`,
    from: "if (!userHandle) return purpose !== 'login';",
    to: 'if (userHandle !== undefined) return true;',
    ...tried,
  },
  {
    what: 'anybody’s passkey serves beside the password',
    file: `${PASSKEYS}/take-assertion.ts`,
    from: '|| (user !== null && stored.userId !== user)',
    to: '',
    ...tried,
  },
  {
    what: 'whoever is inactive comes in by a passkey',
    file: 'lib/contrib/auth/backends/index.ts',
    from: 'const user = await backend.getUser?.(userId);',
    to: "const user = await (await import('@/lib/contrib/auth/users/managers')).users.getById(userId);",
    ...tried,
  },
  {
    what: 'tries to sign in by a passkey are not counted',
    file: `${PASSKEYS}/login.ts`,
    from: 'if (!attempt.allowed) return',
    to: 'if (attempt === null) return',
    ...tried,
  },
  {
    what: 'a passkey is made in a session that is old',
    file: `${PASSKEYS}/options.ts`,
    from: "purpose === 'create' && (await mustConfirmFirst(request))",
    to: "purpose === 'create' && request === null",
    ...tried,
  },
  {
    what: 'one’s passkeys may be as many as one likes',
    file: `${PASSKEYS}/passkeys.ts`,
    from: 'if ((await tx.passkey.count({ where: { userId } })) >= MOST_PASSKEYS) {',
    to: 'if ((await tx.passkey.count({ where: { userId } })) < 0) {',
    ...tried,
  },
  {
    what: 'a passkey is renamed by whoever knows its number',
    file: `${PASSKEYS}/passkeys.ts`,
    from: 'const where = { id: id ?? 0, userId };',
    to: 'const where = { id: id ?? 0 };',
    ...tried,
  },
  {
    what: 'a code satisfies a rule that asks for passkeys',
    file: 'lib/extras/mfa/factors/kinds.ts',
    from: 'types.length === 0 || types.includes(name)',
    to: 'types.length >= 0 || types.includes(name)',
    ...tried,
  },
  {
    what: 'the admin takes somebody’s last factor',
    file: `${PASSKEYS}/admin.ts`,
    from: 'if ((await countFactors(tx, id)) > (counts.get(id) ?? 0)) continue;',
    to: 'if ((await countFactors(tx, id)) > 0) continue;',
    ...tried,
  },
  {
    what: 'the admin deletes passkeys with an old sign-in',
    file: `${PASSKEYS}/admin.ts`,
    from: 'isDeletionGuarded: true,',
    to: 'isDeletionGuarded: false,',
    ...tried,
  },
];
