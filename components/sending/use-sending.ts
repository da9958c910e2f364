'use client';

import { unstable_rethrow } from 'next/navigation';
import { type FormEvent, useRef, useState } from 'react';
import { drafts, draftsInUse } from '@/components/drafts/lazy';
import { hold, letGo } from '@/components/leaving/unsaved';
import { causeOf, type Failure, watchAnswers } from '@/components/sending/answers';

if (typeof window !== 'undefined') watchAnswers();

/** Tells everything on the page that a form was not saved. */
export const NOT_SAVED = 'gatehouse:not-saved';

export type Sending = ReturnType<typeof useSending>;

/**
 * What surrounds the sending of a form. An action that gets no answer leaves the form as it stands,
 * with the reason and a way to try again; one that finds the session ended keeps its text.
 */
export function useSending({ isWatched, isLast }: { isWatched: boolean; isLast: boolean }) {
  const form = useRef<HTMLFormElement>(null);
  const pressed = useRef<HTMLElement | null>(null);
  const hasFailed = useRef(false);
  const [failure, setFailure] = useState<Failure | null>(null);

  /** The action, giving `instead` where it has no answer. Next's own way of redirecting passes. */
  async function send<R>(action: () => Promise<R>, instead: R): Promise<R> {
    hasFailed.current = false;
    letGo(form.current);
    try {
      const answer = await action();
      setFailure(null);
      hold(form.current);
      return answer;
    } catch (error) {
      const isToLogin = leadsToLogin(error);
      if (isToLogin) await keep();
      else if (isLast) (await draftsInUse())?.dropDraft({ isLost: false });
      unstable_rethrow(error);
      hasFailed.current = true;
      hold(form.current);
      setFailure(causeOf(error));
      window.dispatchEvent(new Event(NOT_SAVED));
      return instead;
    }
  }

  async function keep(): Promise<void> {
    const sent = form.current;
    const used = await drafts();
    if (isWatched && sent) await used?.keepDraft(sent);
    else used?.dropDraft({ isLost: true });
  }

  return {
    failure,
    send,
    isWatched,
    retry: () => form.current?.requestSubmit(connected(pressed.current)),
    /** Keep the text, which is sealed for whoever is signed in, and load the page anew. */
    renew: async () => {
      if (isWatched) await keep();
      letGo(form.current);
      window.location.reload();
    },
    props: {
      ref: form,
      onSubmit: ({ nativeEvent }: FormEvent) => {
        pressed.current = nativeEvent instanceof SubmitEvent ? nativeEvent.submitter : null;
      },
      // React empties a form that was sent; one that was not saved keeps what is in it.
      onReset: (event: FormEvent) => {
        if (hasFailed.current) event.preventDefault();
      },
    },
  };
}

function connected(button: HTMLElement | null): HTMLElement | null {
  return button?.isConnected ? button : null;
}

function leadsToLogin(error: unknown): boolean {
  const digest = error instanceof Error && 'digest' in error ? String(error.digest) : '';
  const [kind, , ...rest] = digest.split(';');
  const url = rest.slice(0, -2).join(';');
  const here = window.location.pathname + window.location.search;
  if (kind !== 'NEXT_REDIRECT' || !URL.canParse(url, window.location.href)) return false;
  return new URL(url, window.location.href).searchParams.get('next') === here;
}
