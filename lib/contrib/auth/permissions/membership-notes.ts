import { brought } from '@/lib/apps/registry';

/** Where somebody's membership of a group came from: "by Google since 3 May 2026". */
export type MembershipNote = {
  readonly userId: number;
  readonly groupId: number;
  readonly note: string;
};

declare module '@/lib/apps/define-config' {
  interface AppConfig {
    /** Where memberships of these people came from, those that the app gave. */
    readonly membershipNotes?: readonly ((
      userIds: readonly number[],
    ) => Promise<readonly MembershipNote[]>)[];
  }
}

/** Where memberships of these people came from, as far as an installed app gave them. */
export async function membershipNotes(userIds: readonly number[]): Promise<MembershipNote[]> {
  const notes: MembershipNote[] = [];
  if (userIds.length === 0) return notes;
  for (const tell of brought('membershipNotes')) notes.push(...(await tell(userIds)));
  return notes;
}

/** What is noted of one membership; '' for nothing. */
export function noteOf(
  notes: readonly MembershipNote[],
  user: { readonly id: number | null },
  groupId: number,
): string {
  const own = notes.filter((each) => each.userId === user.id && each.groupId === groupId);
  return own.map(({ note }) => note).join(', ');
}
