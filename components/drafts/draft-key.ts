/** Whose drafts a key opens. */
export type DraftKey = { who: string; key: CryptoKey };

let current: Promise<DraftKey | null> | null = null;

/**
 * Ask for the signed-in person's key, while there is a session. Null for a stranger, without the
 * network, and where the browser encrypts nothing (a page over plain http).
 */
export function draftKey(): Promise<DraftKey | null> {
  if (current) return current;
  const asked = fetchKey().then((key) => {
    if (!key && current === asked) current = null;
    return key;
  });
  current = asked;
  return asked;
}

/** The key that was asked for before, if any: after the session's end there is no other. */
export async function knownDraftKey(): Promise<DraftKey | null> {
  return current;
}

/** Ask anew: whoever is signed in now may be another person than before. */
export function freshDraftKey(): Promise<DraftKey | null> {
  forgetDraftKey();
  return draftKey();
}

/** The session is over, or the page another person's. */
export function forgetDraftKey(): void {
  current = null;
}

async function fetchKey(): Promise<DraftKey | null> {
  if (!window.isSecureContext) return null;
  try {
    const response = await fetch('/accounts/draft-key/', { redirect: 'manual' });
    if (!response.ok) return null;
    const { who, key } = (await response.json()) as { who: string; key: string };
    const bytes = Uint8Array.from(key.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
    const usages: KeyUsage[] = ['encrypt', 'decrypt'];
    return { who, key: await crypto.subtle.importKey('raw', bytes, 'AES-GCM', false, usages) };
  } catch {
    return null;
  }
}
