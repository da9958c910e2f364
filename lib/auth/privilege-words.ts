import { getTextList } from '@/lib/core/text';

// As many as a person reads; a group may hold hundreds.
const NAMED = 10;

/** Names as an English list, the first ten of them. */
export function someOf(names: readonly string[]): string {
  const rest = names.length - NAMED;
  const shown = rest > 1 ? [...names.slice(0, NAMED), `${rest} more`] : names;
  return getTextList(shown);
}

/** The rule GRANT_ONLY_HELD_PERMISSIONS, and which permissions are missing. */
export function notYours(perms: readonly string[]): string {
  return `Nobody grants what they do not hold, and you do not hold ${someOf(perms)}.`;
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
