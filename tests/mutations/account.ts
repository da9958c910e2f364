import { APPS } from '@/lib/apps/declared';

const provenBy = (name: string) =>
  ({
    project: 'integration-sqlite',
    tests: [`tests/integration/extras/account/${name}.test.ts`],
  }) as const;

const lib = (name: string) => `lib/extras/account/${name}.ts`;

const PROTECTIONS = [
  {
    what: 'of many codes at once each is looked at',
    file: lib('links/mailed-code'),
    from: "  if (!(await takeOnce('mailed_code', slot, expires))) return { kind: 'wrong' };\n",
    to: '',
    ...provenBy('signup'),
  },
  {
    what: 'a mailed link offers to sign in where nobody has asked for it',
    file: lib('links/mailed-code'),
    from: 'return found !== null && tryUserCode(kind.name, found, code).isRight;',
    to: "return found !== null || code !== '';",
    ...provenBy('login-code'),
  },
  {
    what: 'registering tells which addresses may',
    file: 'app/(account)/accounts/signup/actions.ts',
    from: "redirect('/accounts/signup/sent/');",
    to: "redirect(email.endsWith('@example.com') ? '/accounts/signup/sent/' : '/accounts/signup/');",
    ...provenBy('signup'),
  },
  {
    what: 'adding an address tells who has it',
    file: lib('emails/own-addresses'),
    from: 'if (addresses.some((each) => each.email === email)) {',
    to: 'if (addresses.some((each) => each.email === email) || (await isTakenByOthers(email, user.id, tx))) {',
    ...provenBy('email'),
  },
  {
    what: 'a code is tried for ever',
    file: lib('links/mailed-code'),
    from: 'triesLeft: left.triesLeft });',
    to: 'triesLeft: 3 });',
    ...provenBy('login-code'),
  },
  {
    what: 'a mailed code never ends',
    file: lib('links/mailed-code'),
    from: 'elapsed >= 0 && elapsed < age() * 1000',
    to: 'elapsed >= 0',
    ...provenBy('login-code'),
  },
  {
    what: 'a mailed link never ends',
    file: lib('links/mailed-token'),
    from: 'if (age < 0 || age >= maxAge() * 1000) return null;',
    to: '',
    ...provenBy('email'),
  },
  {
    what: 'a former address undoes again and again',
    file: lib('emails/undo'),
    from: "  if (!(await takeOnce('undo_email', token, expires, tx))) return null;\n",
    to: '',
    ...provenBy('email'),
  },
  {
    what: 'a new address is trusted with a way back',
    file: lib('emails/change-primary'),
    from: ' || (await changedLately(id, tx))) return null;',
    to: ') return null;',
    ...provenBy('email'),
  },
  {
    what: 'an undoing leaves what was added',
    file: lib('emails/change-primary'),
    from: '  if (added > 0) return { email, since: added - 1 };\n',
    to: '',
    ...provenBy('email'),
  },
  {
    what: 'an old sign-in moves an address',
    file: 'app/(account)/step-up.ts',
    from: '  if (isSignInFresh(request)) return;\n',
    to: '  if (isSignInFresh(request) || page) return;\n',
    ...provenBy('email'),
  },
  {
    what: 'an invitation gives what its inviter does not hold',
    file: lib('invitations/giving-groups'),
    from: 'const missing = await notGrantable(giver, permissions, tx);',
    to: 'const missing = (await notGrantable(giver, permissions, tx)).slice(0, 0);',
    ...provenBy('invitation'),
  },
  {
    what: 'who may not invite any more gives groups',
    file: lib('invitations/giving-groups'),
    from: 'return (await notHeld(inviter, needed, tx)).length === 0 ? inviter : null;',
    to: 'return (await notHeld(inviter, needed, tx)) && inviter;',
    ...provenBy('invitation'),
  },
  {
    what: 'who invites themselves joins',
    file: lib('invitations/giving-groups'),
    from: 'inviter && !isOwn ?',
    to: 'inviter && (isOwn || true) ?',
    ...provenBy('invitation'),
  },
  {
    what: 'an invitation takes any account',
    file: lib('invitations/accept'),
    from: 'if (!found || !(await isInvited(user, found))) return null;',
    to: 'if (!found || ((await isInvited(user, found)) && false)) return null;',
    ...provenBy('invitation'),
  },
  {
    what: 'the last superuser deletes their account',
    file: lib('deletion/own-deletion'),
    from: "  if (reasons.length > 0) return { kind: 'refused', reasons };\n  if (grace > 0)",
    to: '  if (grace > 0)',
    ...provenBy('leaving'),
  },
  {
    what: 'somebody banned undoes their deletion',
    file: lib('receivers'),
    from: "changed.includes('isActive')",
    to: 'changed.length === 0',
    ...provenBy('leaving'),
  },
  {
    what: 'a former username is free at once',
    file: lib('username/taken'),
    from: 'return !isOwn && (await isRetired(username, tx));',
    to: 'return false;',
    ...provenBy('leaving'),
  },
  {
    what: 'an export tells where somebody else was',
    file: 'lib/extras/security-log/user-export.ts',
    from: '...(isOwnAct && { ipAddress, userAgent }),',
    to: '...((isOwnAct || event) && { ipAddress, userAgent }),',
    ...provenBy('export'),
  },
  {
    what: 'a set-password link goes to whom one may not touch',
    file: lib('admin/set-password-action'),
    from: 'const refusal = untouchable.get(account.id) ?? refusalOf(account);',
    to: 'const refusal = (untouchable.size < 0 ? null : null) ?? refusalOf(account);',
    ...provenBy('admin'),
  },
  {
    what: 'a database is adopted in which two people have confirmed one address',
    file: lib('config'),
    from: 'refusedRows: [sharedAddresses],',
    to: 'refusedRows: [],',
    ...provenBy('allauth'),
  },
];

/** What protects the accounts that people make, join and leave; nothing where the app is deleted. */
export const ACCOUNT = APPS.some(({ label }) => label === 'account') ? PROTECTIONS : [];
