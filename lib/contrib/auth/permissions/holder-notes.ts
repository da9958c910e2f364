import type { Viewer } from '@/lib/apps/define-config';
import { brought } from '@/lib/apps/registry';

/** What people hold: a permission, or the membership of a group, by its id. */
export type HeldThing = { readonly kind: 'permission' | 'group'; readonly id: number };

/** What an app says above a list of holders, where more of it stands, and of which people it says what. */
export type HolderNote = {
  readonly text: string;
  readonly link: { readonly href: string; readonly label: string };
  readonly marks: ReadonlyMap<number, string>;
};

declare module '@/lib/apps/define-config' {
  interface AppConfig {
    /** What is noted of those who hold something, of whom a page shows these; null for nothing. */
    readonly holderNotes?: readonly ((
      viewer: Viewer,
      held: HeldThing,
      userIds: readonly number[],
    ) => Promise<HolderNote | null>)[];
  }
}

/** What installed apps note of those who hold something, for whoever may see all of these people. */
export async function holderNotes(
  viewer: Viewer,
  held: HeldThing,
  userIds: readonly number[],
): Promise<HolderNote[]> {
  const notes: HolderNote[] = [];
  for (const tell of brought('holderNotes')) {
    const note = await tell(viewer, held, userIds);
    if (note) notes.push(note);
  }
  return notes;
}

/** What is noted of one person; '' for nothing. */
export function markOf(notes: readonly HolderNote[], userId: number | null): string {
  return notes.flatMap(({ marks }) => marks.get(userId ?? 0) ?? []).join(', ');
}
