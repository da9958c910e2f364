import { getTextList } from '@/lib/core/text';

// As many as a person reads; a group may hold hundreds.
const NAMED = 10;
const FEW = 5;

/** Names as an English list, the first ten of them. */
export function someOf(names: readonly string[]): string {
  const rest = names.length - NAMED;
  const shown = rest > 1 ? [...names.slice(0, NAMED), `${rest} more`] : names;
  return getTextList(shown);
}

/** Refusals of many people, each once and the first five of them: they have to fit a message. */
export function fewOf(refusals: Iterable<string>): string[] {
  const texts = [...new Set(refusals)];
  const rest = texts.length - FEW;
  return rest > 1 ? [...texts.slice(0, FEW), `And ${rest} more were refused.`] : texts;
}

/** The rule GRANT_ONLY_HELD_PERMISSIONS, and which permissions are missing. */
export function notYours(perms: readonly string[]): string {
  return `Nobody grants what they do not hold, and you do not hold ${someOf(perms)}.`;
}

/** The same where somebody would give it to themselves by way of another's account. */
export function notYoursOf(username: string, perms: readonly string[]): string {
  const held = `you do not hold ${someOf(perms)}, as ${username} does`;
  return `Nobody grants what they do not hold, and ${held}.`;
}

/** What only superusers do to superusers. */
export type SuperuserAct =
  | 'changes'
  | 'deletes'
  | 'sets the password of'
  | 'resets the second factors of'
  | 'ends a session of'
  | 'lifts a wait of';

/** The rule CHANGE_SUPERUSER_NEEDS_SUPERUSER, and whom it protects. */
export function onlySuperusers(act: SuperuserAct, usernames: readonly string[]): string {
  const are = usernames.length === 1 ? 'is one' : 'are';
  return `Only a superuser ${act} a superuser, and ${someOf(usernames)} ${are}.`;
}

/** Why an address is not to be had: somebody who is protected has it, and signs in by it. */
export function addressTaken(username: string, isSuperuser: boolean): string {
  const whose = isSuperuser ? `${username}, who is a superuser,` : username;
  return `${whose} may sign in with this, and on two accounts it would sign in neither.`;
}

/** The same for groups, each with the permissions that are missing. */
export function notYoursInGroups(groups: readonly { name: string; missing: string[] }[]): string {
  const texts = groups.map(({ name, missing }) => `${name} gives ${someOf(missing)}`);
  return `Nobody grants what they do not hold: ${texts.join('; ')}, which you do not hold.`;
}

/** The rule REFUSE_RAISING_ONESELF, and what somebody would have given to themselves. */
export function notOneself(what: string): string {
  return `Nobody raises themselves: somebody else has to give you ${what}.`;
}

/** One's own password takes the old one. */
export const notOwnPassword =
  'Your own password is changed at /accounts/password_change/, which asks for the old one.';

/** The rule KEEP_LAST_SUPERUSER. */
export function lastSuperuser(usernames: readonly string[]): string {
  const are =
    usernames.length > 1 ? 'are the last active superusers' : 'is the last active superuser';
  return `${someOf(usernames)} ${are}. Make somebody else a superuser first.`;
}
