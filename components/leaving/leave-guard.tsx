'use client';

import { useEffect, useState } from 'react';
import { keepHistory } from '@/components/leaving/history';
import type * as dialogModule from '@/components/leaving/leave-dialog';
import { letGo, setAsker, unsavedForms, whenWatched } from '@/components/leaving/unsaved';

// Loaded with the first form whose text would be missed, so that other pages do without.
let dialog: typeof dialogModule | undefined;

async function loadDialog(): Promise<typeof dialog> {
  dialog ??= await import('@/components/leaving/leave-dialog').catch(() => undefined);
  return dialog;
}

/**
 * Asks before a page with a changed form is left: by a link, a further form, a jump of the keyboard,
 * Back or Forward in a dialog of ours; by loading or closing in the browser's own, which is the only
 * one there.
 */
export function LeaveGuard() {
  const [go, setGo] = useState<(() => void) | null>(null);

  useEffect(() => {
    const ask = (leave: () => void) => {
      void loadDialog().then((loaded) => {
        if (loaded) setGo(() => leave);
        else if (window.confirm('Leave without saving?')) leaveBy(leave);
      });
    };
    whenWatched(loadDialog);
    // On the window and in the capture phase: before React and the router see the event.
    const onClick = (event: MouseEvent) => {
      const link = followed(event);
      if (!link || isKept(link) || unsavedForms().length === 0) return;
      halt(event);
      void ask(() => link.click());
    };
    const onSubmit = (event: SubmitEvent) => {
      const { target: form, submitter } = event;
      if (!(form instanceof HTMLFormElement) || unsavedForms(form).length === 0) return;
      if (isKept(form)) return;
      if (form.method === 'dialog' || 'stays' in form.dataset) return;
      halt(event);
      void ask(() => form.requestSubmit(submitter?.isConnected ? submitter : null));
    };
    const onUnload = (event: BeforeUnloadEvent) => {
      if (unsavedForms().length > 0) event.preventDefault();
    };
    setAsker(ask);
    const release = keepHistory(ask);
    window.addEventListener('click', onClick, true);
    window.addEventListener('submit', onSubmit, true);
    window.addEventListener('beforeunload', onUnload);
    return () => {
      setAsker(null);
      release();
      window.removeEventListener('click', onClick, true);
      window.removeEventListener('submit', onSubmit, true);
      window.removeEventListener('beforeunload', onUnload);
    };
  }, []);

  if (!go || !dialog) return null;
  const leave = () => {
    setGo(null);
    leaveBy(go);
  };
  return <dialog.LeaveDialog onStay={() => setGo(null)} onLeave={leave} />;
}

function leaveBy(go: () => void): void {
  letAllGo();
  go();
}

function letAllGo(): void {
  for (const form of unsavedForms()) letGo(form);
}

/** Whether what is unsaved goes along to where this leads: then nobody is asked. */
function isKept(way: Element): boolean {
  const isKeeping = way.hasAttribute('data-keeps');
  if (isKeeping) letAllGo();
  return isKeeping;
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
