'use client';

import { useSyncExternalStore } from 'react';
import { draftStateFor, onDraftChange } from '@/components/drafts/draft-store';

type Props = {
  /** Where signing in leads. */
  next: string;
  /** Whether the server has seen a sign-in come back without its cookie. */
  hasLostCookie: boolean;
};

const look = 'mb-6 rounded-field border px-4 py-3';

/** What somebody has to know before they sign in: what became of their text, and cookies. */
export function SignInNotice({ next, hasLostCookie }: Props) {
  const draft = useSyncExternalStore(
    onDraftChange,
    () => draftStateFor(next),
    () => null,
  );
  const areCookiesOff = useSyncExternalStore(
    () => () => {},
    () => !keepsCookies(),
    () => hasLostCookie,
  );
  return (
    <>
      {(areCookiesOff || hasLostCookie) && (
        <div role="alert" className={`${look} border-danger/50 bg-danger-soft`}>
          <p>
            <strong className="font-semibold">This browser keeps no cookies for this site.</strong>{' '}
            Without them nobody can stay signed in. Allow cookies here, load this page again and
            sign in.
          </p>
        </div>
      )}
      {draft === 'kept' && (
        <p role="status" className={`${look} border-accent/50 bg-accent-soft`}>
          <strong className="font-semibold">You were signed out</strong> before this was saved. Sign
          in here within 15 minutes and your text is put back into its form. Nobody else can read
          it.
        </p>
      )}
      {draft === 'lost' && (
        <p role="status" className={`${look} border-warning/50 bg-warning-soft`}>
          <strong className="font-semibold">You were signed out</strong> before this was saved.
          Nothing was changed: sign in and send it again.
        </p>
      )}
    </>
  );
}

let isKeeping: boolean | null = null;

// Told once for a page: asking writes a cookie, and takes it away again.
function keepsCookies(): boolean {
  isKeeping ??= tryCookie();
  return isKeeping;
}

function tryCookie(): boolean {
  try {
    // biome-ignore lint/suspicious/noDocumentCookie: the cookie store is not in every browser
    document.cookie = 'cookies=on; Path=/; SameSite=Lax';
    const isThere = document.cookie.includes('cookies=on');
    // biome-ignore lint/suspicious/noDocumentCookie: the cookie store is not in every browser
    document.cookie = 'cookies=; Path=/; SameSite=Lax; Max-Age=0';
    return isThere;
  } catch {
    return false;
  }
}
