import { SLOT } from '@/components/drafts/slot';

/** A form's text, sealed, as it waits in this tab for the person to sign in again. */
export type StoredDraft = {
  path: string;
  who: string;
  /** When it ends, in milliseconds since 1970. */
  until: number;
  nonce: number[];
  text: number[];
};

/** Milliseconds that a draft waits. */
export const DRAFT_AGE = 15 * 60 * 1000;

const listeners = new Set<() => void>();
let ending: ReturnType<typeof setTimeout> | undefined;
let wasLost = false;

/** What waits in this tab; what is too old, or nothing of ours, is removed. */
export function storedDraft(): StoredDraft | null {
  const text = storage()?.getItem(SLOT) ?? null;
  if (text === null) return null;
  const draft = parsed(text);
  if (!draft || draft.until <= Date.now()) {
    removeDraft();
    return null;
  }
  return draft;
}

/** Keep a draft; one at a time. False where the tab has no room for it. */
export function storeDraft(draft: StoredDraft): boolean {
  try {
    window.sessionStorage.setItem(SLOT, JSON.stringify(draft));
  } catch {
    return false;
  }
  wasLost = false;
  endInTime();
  tell();
  return true;
}

/** Nothing of it is left in this tab. */
export function removeDraft(): void {
  storage()?.removeItem(SLOT);
  wasLost = false;
  clearTimeout(ending);
  tell();
}

/** Have what waits removed when its time is over, also on a page that nobody touches. */
export function endInTime(): void {
  clearTimeout(ending);
  const draft = storedDraft();
  if (draft) ending = setTimeout(removeDraft, draft.until - Date.now());
}

/** A form was sent for nobody, and could not be kept. */
export function noteLost(): void {
  removeDraft();
  wasLost = true;
  tell();
}

/** What to tell on the sign-in page that leads back to `path`. */
export function draftStateFor(path: string): 'kept' | 'lost' | null {
  if (storedDraft()?.path === path) return 'kept';
  return wasLost ? 'lost' : null;
}

export function onDraftChange(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function tell(): void {
  for (const listener of listeners) listener();
}

// Reading it throws where cookies and site data are blocked.
function storage(): Storage | null {
  try {
    return window.sessionStorage;
  } catch {
    return null;
  }
}

function parsed(text: string): StoredDraft | null {
  try {
    const { path, who, until, nonce, text: sealed } = JSON.parse(text) as Partial<StoredDraft>;
    const isOurs =
      typeof path === 'string' &&
      typeof who === 'string' &&
      typeof until === 'number' &&
      Array.isArray(nonce) &&
      Array.isArray(sealed);
    return isOurs ? { path, who, until, nonce, text: sealed } : null;
  } catch {
    return null;
  }
}
