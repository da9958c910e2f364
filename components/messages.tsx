'use client';

import { usePathname } from 'next/navigation';
import { useEffect, useRef, useState } from 'react';
import { Name } from '@/components/name';
import { NOT_SAVED } from '@/components/sending/use-sending';
import { TextLink } from '@/components/text-link';
import { useHydrated } from '@/components/use-hydrated';
import type { Message, MessageLevel } from '@/lib/contrib/messages/constants';

const edge: Record<MessageLevel, string> = {
  debug: 'border-line bg-sunken',
  info: 'border-line bg-sunken',
  success: 'border-accent/50 bg-accent-soft',
  warning: 'border-warning/50 bg-warning-soft',
  error: 'border-danger/50 bg-danger-soft',
};

type Props = { waiting: Message[]; cookieName: string };

/**
 * Messages to the person, each shown once. A loaded document brings its own; after a soft navigation
 * or an action they wait in a cookie, and what is taken from it replaces what was shown.
 */
export function Messages({ waiting, cookieName }: Props) {
  const pathname = usePathname();
  const [shown, setShown] = useState(waiting);
  const seen = useRef({ pathname, waiting });

  useEffect(() => {
    if (seen.current.pathname === pathname && seen.current.waiting === waiting) return;
    seen.current = { pathname, waiting };
    // Who waits for the same file since an earlier page would take them, and the last would find none.
    let isPast = false;
    // What cannot be loaded waits in the cookie for the next document.
    void import('@/components/take-messages').then(
      (loaded) => isPast || setShown(loaded.takeMessages(cookieName)),
      () => setShown([]),
    );
    return () => {
      isPast = true;
    };
  }, [pathname, waiting, cookieName]);

  // A success of before must not stand above what was not saved.
  useEffect(() => {
    const clear = () => setShown([]);
    window.addEventListener(NOT_SAVED, clear);
    return () => window.removeEventListener(NOT_SAVED, clear);
  }, []);

  const dismiss = (id: string) => setShown(shown.filter((message) => message.id !== id));
  const isError = (message: Message) => message.level === 'error';
  return (
    <div className="messages mx-auto w-full max-w-page px-4 sm:px-6">
      <div role="alert">
        <MessageList messages={shown.filter(isError)} dismiss={dismiss} />
      </div>
      <div role="status">
        <MessageList messages={shown.filter((message) => !isError(message))} dismiss={dismiss} />
      </div>
    </div>
  );
}

type ListProps = { messages: Message[]; dismiss: (id: string) => void };

function MessageList({ messages, dismiss }: ListProps) {
  const canDismiss = useHydrated();
  return messages.map(({ id, level, text, link }) => (
    <div
      key={id}
      className={`mt-4 flex items-start gap-4 rounded-field border px-4 py-3 ${edge[level]}`}
    >
      <p className="min-w-0 grow" dir="auto">
        <MessageText text={text} link={link} />
      </p>
      {canDismiss && (
        <button
          type="button"
          onClick={() => dismiss(id)}
          className="min-h-6 text-sm text-muted underline-offset-4 hover:text-ink hover:underline"
        >
          Dismiss
        </button>
      )}
    </div>
  ));
}

function MessageText({ text, link }: Pick<Message, 'text' | 'link'>) {
  const start = link ? text.indexOf(link.text) : -1;
  if (!link || start === -1) return text;
  return (
    <>
      {text.slice(0, start)}
      <TextLink href={link.href} prefetch={false}>
        <Name text={link.text} />
      </TextLink>
      {text.slice(start + link.text.length)}
    </>
  );
}
