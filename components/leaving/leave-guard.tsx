'use client';

import { useEffect, useState } from 'react';
import { keepHistory } from '@/components/leaving/history';
import { LeaveDialog } from '@/components/leaving/leave-dialog';
import { letGo, setAsker, unsavedForms } from '@/components/leaving/unsaved';

/**
 * Asks before a page with a changed form is left: by a link, a further form, a jump of the keyboard,
 * Back or Forward in a dialog of ours; by loading or closing in the browser's own, which is the only
 * one there.
 */
export function LeaveGuard() {
  const [go, setGo] = useState<(() => void) | null>(null);

  useEffect(() => {
    const ask = (leave: () => void) => setGo(() => leave);
    // On the window and in the capture phase: before React and the router see the event.
    const onClick = (event: MouseEvent) => {
      const link = followed(event);
      if (!link || unsavedForms().length === 0) return;
      halt(event);
      ask(() => link.click());
    };
    const onSubmit = (event: SubmitEvent) => {
      const { target: form, submitter } = event;
      if (!(form instanceof HTMLFormElement) || unsavedForms(form).length === 0) return;
      if (form.method === 'dialog' || 'stays' in form.dataset) return;
      halt(event);
      ask(() => form.requestSubmit(submitter?.isConnected ? submitter : null));
    };
    const onUnload = (event: BeforeUnloadEvent) => {
      if (unsavedForms().length > 0) event.preventDefault();
    };
    setAsker(ask);
    const release = keepHistory(ask);
    const listening = new AbortController();
    const first = { capture: true, signal: listening.signal };
    window.addEventListener('click', onClick, first);
    window.addEventListener('submit', onSubmit, first);
    window.addEventListener('beforeunload', onUnload, first);
    return () => {
      setAsker(null);
      release();
      listening.abort();
    };
  }, []);

  if (!go) return null;
  const leave = () => {
    setGo(null);
    for (const form of unsavedForms()) letGo(form);
    go();
  };
  return <LeaveDialog onStay={() => setGo(null)} onLeave={leave} />;
}

/** The link that a click follows in this window, to another page. */
function followed(event: MouseEvent): HTMLAnchorElement | null {
  const { button, metaKey, ctrlKey, shiftKey, altKey, target } = event;
  if (button !== 0 || metaKey || ctrlKey || shiftKey || altKey) return null;
  const link = target instanceof Element ? target.closest('a') : null;
  if (!link?.href || link.hasAttribute('download')) return null;
  if (link.target !== '' && link.target !== '_self') return null;
  const [page] = window.location.href.split('#');
  return link.href.includes('#') && link.href.split('#')[0] === page ? null : link;
}

function halt(event: Event): void {
  event.preventDefault();
  event.stopImmediatePropagation();
}
