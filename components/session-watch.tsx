'use client';

import { useRouter } from 'next/navigation';
import { useEffect, useRef } from 'react';

/**
 * Once somebody signs out or in, what the router kept of earlier pages is another person's. The
 * document that sees it tells the other tabs, and from then on Back and Forward ask the server. Open
 * forms stay as they are: sent, they lead to sign-in and back.
 */
export function SessionWatch({ who }: { who: string }) {
  const drawnFor = useRef(who);
  const isStale = useRef(false);

  useEffect(() => {
    const tabs = new BroadcastChannel('session');
    if (drawnFor.current !== who) {
      drawnFor.current = who;
      isStale.current = true;
      tabs.postMessage(who);
    }
    tabs.onmessage = ({ data }) => {
      if (data !== who) isStale.current = true;
    };
    return () => tabs.close();
  }, [who]);

  useEffect(() => {
    // In the capture phase, so that the router has no chance to draw the kept page.
    const ask = (event: PopStateEvent) => {
      if (!isStale.current) return;
      event.stopImmediatePropagation();
      window.location.reload();
    };
    const wake = (event: PageTransitionEvent) => event.persisted && window.location.reload();
    window.addEventListener('popstate', ask, true);
    window.addEventListener('pageshow', wake);
    return () => {
      window.removeEventListener('popstate', ask, true);
      window.removeEventListener('pageshow', wake);
    };
  }, []);

  return null;
}

/** A page made for somebody else than the layout around it has the layout drawn again. */
export function SessionCheck({ who }: { who: string }) {
  const router = useRouter();
  useEffect(() => {
    if (document.documentElement.dataset.user !== who) router.refresh();
  }, [who, router]);
  return null;
}
