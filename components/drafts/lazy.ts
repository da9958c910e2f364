import type * as draftsModule from '@/components/drafts/drafts';
import { hasDraft } from '@/components/drafts/slot';

type Drafts = typeof draftsModule;

let loaded: Promise<Drafts | null> | null = null;

/**
 * What keeps drafts and opens them: loaded with the first form whose text would be missed, so that
 * other pages do without. Null when it cannot be loaded.
 */
export function drafts(): Promise<Drafts | null> {
  loaded ??= import('@/components/drafts/drafts').catch(() => {
    loaded = null;
    return null;
  });
  return loaded;
}

/** The same, if there is anything for it to do: a draft in this tab, or the key of somebody. */
export async function draftsInUse(): Promise<Drafts | null> {
  return loaded !== null || hasDraft() ? drafts() : null;
}
