'use client';

import { useRouter } from 'next/navigation';
import { useEffect, useRef } from 'react';
import { drafts, draftsInUse } from '@/components/drafts/lazy';
import { letGo, unsavedForms } from '@/components/leaving/unsaved';

/**
 * Each document tells the other tabs for whom it was drawn, and again when somebody signs out or in
 * on it: a tab that was drawn for another person loads its page anew, at once, and with it loses what
 * its router kept. In the tab where it happened, Back and Forward ask the server from then on. What
 * comes back from the back/forward cache has been hidden since it was left, and is loaded anew too.
 * `stream` tells of what happens to the session elsewhere; null where no app does.
 */
export function SessionWatch({ who, stream }: { who: string; stream: string | null }) {
  const router = useRouter();
  const owner = useRef(who);
  const isStale = useRef(false);

  useEffect(() => {
    const tabs = new BroadcastChannel('session');
    if (owner.current !== who) isStale.current = true;
    owner.current = who;
    void draftsInUse().then((used) => used?.drawnFor(who));
    tabs.onmessage = ({ data }) => {
      if (data !== who) void loadAnew();
    };
    tabs.postMessage(who);
    return () => tabs.close();
  }, [who]);

  useEffect(() => {
    // In the capture phase, so that the router has no chance to draw the kept page.
    const ask = (event: PopStateEvent) => {
      if (!isStale.current) return;
      event.stopImmediatePropagation();
      void loadAnew();
    };
    const hide = ({ persisted }: PageTransitionEvent) => {
      document.documentElement.hidden = persisted;
    };
    const wake = ({ persisted }: PageTransitionEvent) => persisted && void loadAnew();
    window.addEventListener('popstate', ask, true);
    window.addEventListener('pagehide', hide);
    window.addEventListener('pageshow', wake);
    return () => {
      window.removeEventListener('popstate', ask, true);
      window.removeEventListener('pagehide', hide);
      window.removeEventListener('pageshow', wake);
    };
  }, []);

  useEffect(() => {
    if (!stream || who === '') return;
    const leaving = new AbortController();
    void import('@/components/session-stream').then(({ followSession }) =>
      followSession(stream, who, { loadAnew, refresh: router.refresh, signal: leaving.signal }),
    );
    return () => leaving.abort();
  }, [stream, who, router]);

  return null;
}

// Not reload(), which would send a form again whose answer this document is.
async function loadAnew(): Promise<void> {
  const unsaved = unsavedForms();
  for (const form of unsaved) letGo(form);
  const [first] = unsaved;
  if (first) await (await drafts())?.keepDraft(first);
  window.location.replace(window.location.pathname + window.location.search);
}

/** A page made for somebody else than the layout around it has the layout drawn again. */
export function SessionCheck({ who }: { who: string }) {
  const router = useRouter();
  useEffect(() => {
    if (document.documentElement.dataset.user !== who) router.refresh();
  }, [who, router]);
  return null;
}
