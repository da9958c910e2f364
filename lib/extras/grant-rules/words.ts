import type { TouchingAct } from '@/lib/contrib/auth/permissions/account-rules';
import { someOf } from '@/lib/core/text';

/** The rule GRANT_ONLY_HELD_PERMISSIONS, and which permissions are missing. */
export function notYours(perms: readonly string[]): string {
  return `Nobody grants what they do not hold, and you do not hold ${someOf(perms)}.`;
}

/** The same where somebody would give it to themselves by way of another's account. */
export function notYoursOf(username: string, perms: readonly string[]): string {
  const held = `you do not hold ${someOf(perms)}, as ${username} does`;
  return `Nobody grants what they do not hold, and ${held}.`;
}

/** The rule CHANGE_SUPERUSER_NEEDS_SUPERUSER, and whom it protects. */
export function onlySuperusers(act: TouchingAct, usernames: readonly string[]): string {
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

/** The rule KEEP_LAST_SUPERUSER. */
export function lastSuperuser(usernames: readonly string[]): string {
  const are =
    usernames.length > 1 ? 'are the last active superusers' : 'is the last active superuser';
  return `${someOf(usernames)} ${are}. Make somebody else a superuser first.`;
}
