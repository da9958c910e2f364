/** What came of asking the server: a value, a session that is gone, or nothing at all. */
export type Fetched<T> =
  | { kind: 'fetched'; value: T }
  | { kind: 'signed out' }
  | { kind: 'failed' };

/**
 * Ask one of our own addresses for JSON. Never throws: an answer that is none, of a server that
 * failed or cannot be reached, is `failed`. A redirect is the way to sign in.
 */
export async function fetchJson<T>(address: string, signal?: AbortSignal): Promise<Fetched<T>> {
  try {
    const response = await fetch(address, { redirect: 'manual', ...(signal && { signal }) });
    const isRedirect =
      response.type === 'opaqueredirect' || (response.status >= 300 && response.status < 400);
    if (isRedirect || response.redirected) return { kind: 'signed out' };
    if (!response.ok) return { kind: 'failed' };
    const value: T = await response.json();
    return { kind: 'fetched', value };
  } catch {
    return { kind: 'failed' };
  }
}
