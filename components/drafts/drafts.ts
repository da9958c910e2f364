import {
  draftKey,
  forgetDraftKey,
  freshDraftKey,
  knownDraftKey,
} from '@/components/drafts/draft-key';
import {
  DRAFT_AGE,
  endInTime,
  noteLost,
  removeDraft,
  storeDraft,
  storedDraft,
} from '@/components/drafts/draft-store';

/** Fields and their values; of several values of one field all, with commas between them. */
export type DraftValues = Record<string, string>;

/** The address that a form belongs to. */
function here(): string {
  return window.location.pathname + window.location.search;
}

/**
 * Keep what a form holds, sealed with the key of the person who wrote it. Passwords are left out.
 * Where it cannot be kept, that is noted for the sign-in page.
 */
export async function keepDraft(form: HTMLFormElement): Promise<void> {
  const path = here();
  const values = draftValues(form);
  const known = await knownDraftKey();
  forgetDraftKey();
  if (known && (await seal(path, values, known))) return;
  noteLost();
}

/** Have the key at hand, while there is a session to ask for it. */
export async function prepare(): Promise<void> {
  await draftKey();
}

/** Nothing waits any more; with `isLost` the sign-in page says that a form was sent for nobody. */
export function dropDraft({ isLost }: { isLost: boolean }): void {
  forgetDraftKey();
  if (isLost) noteLost();
  else removeDraft();
}

/** Take the draft of this address out of the tab. Null if there is none, or it is not this person's. */
export async function takeDraft(): Promise<DraftValues | null> {
  const draft = storedDraft();
  if (draft?.path !== here()) return null;
  const known = await freshDraftKey();
  // Without an answer it waits on: whose it is, is not known.
  if (!known) return null;
  removeDraft();
  if (known.who !== draft.who) return null;
  try {
    const iv = Uint8Array.from(draft.nonce);
    const sealed = Uint8Array.from(draft.text);
    const algorithm = { name: 'AES-GCM', iv, additionalData: bound(draft.path) };
    const text = await crypto.subtle.decrypt(algorithm, known.key, sealed);
    return JSON.parse(new TextDecoder().decode(text)) as DraftValues;
  } catch {
    return null;
  }
}

/** This tab is another person's, or nobody's: their key is forgotten, and what is not theirs goes. */
export function drawnFor(who: string): void {
  forgetDraftKey();
  const draft = storedDraft();
  if (who !== '' && draft && draft.who !== who) removeDraft();
  endInTime();
}

/** What of a form may be written down. */
export function draftValues(form: HTMLFormElement): DraftValues {
  const secrets = new Set(
    [...form.querySelectorAll('input')].filter(isSecret).map(({ name }) => name),
  );
  const values: DraftValues = {};
  for (const [name, value] of new FormData(form)) {
    if (typeof value !== 'string' || name.startsWith('$ACTION') || secrets.has(name)) continue;
    values[name] = name in values ? `${values[name]},${value}` : value;
  }
  return values;
}

function isSecret({ type, name, autocomplete }: HTMLInputElement): boolean {
  return (
    type === 'password' ||
    /password|token|secret/i.test(name) ||
    /password|one-time-code/.test(autocomplete)
  );
}

async function seal(path: string, values: DraftValues, known: { who: string; key: CryptoKey }) {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const text = new TextEncoder().encode(JSON.stringify(values));
  const algorithm = { name: 'AES-GCM', iv, additionalData: bound(path) };
  const sealed = await crypto.subtle.encrypt(algorithm, known.key, text);
  return storeDraft({
    path,
    who: known.who,
    until: Date.now() + DRAFT_AGE,
    nonce: [...iv],
    text: [...new Uint8Array(sealed)],
  });
}

// A draft is opened at the address where it was written, and nowhere else.
function bound(path: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(path);
}
