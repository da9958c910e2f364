import type { Subject } from './subject';

/**
 * What the security log keeps of something done with those who hold something: a group under the name
 * that the log shows to whoever may view groups.
 */
export function logDetail(
  { kind, id, name }: Subject,
  deed: string,
): Record<string, string | number> {
  return kind === 'group'
    ? { act: `${deed} who is in a group`, group: name, groupId: id }
    : { act: `${deed} who holds ${name}` };
}
