import { brought } from '@/lib/apps/registry';

declare module '@/lib/apps/define-config' {
  interface AppConfig {
    /** What is to be said of some sessions in the list of their owner, by the hashes of their keys. */
    readonly sessionNotes?: readonly ((
      keyHashes: readonly string[],
    ) => Promise<ReadonlyMap<string, string>>)[];
  }
}

/** What the installed apps say of these sessions, by the hashes of their keys; nothing of the others. */
export async function sessionNotes(
  keyHashes: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const all = await Promise.all(brought('sessionNotes').map((say) => say(keyHashes)));
  return new Map(all.flatMap((notes) => [...notes]));
}
