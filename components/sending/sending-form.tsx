'use client';

import { type ComponentProps, useEffect } from 'react';
import { drafts } from '@/components/drafts/lazy';
import { watchForm } from '@/components/leaving/unsaved';
import { FailureContext, FailureNotice } from '@/components/sending/failure-notice';
import { type Sending, useSending } from '@/components/sending/use-sending';

type FormProps = Omit<ComponentProps<'form'>, 'action' | 'ref' | 'onSubmit' | 'onReset'>;

type FrameProps = FormProps & {
  sending: Sending;
  action: (form: FormData) => void | Promise<void>;
  /** What did not happen when there is no answer. */
  failed: string;
  /** Where that is said: after everything, above the page, or where a FailureNotice stands inside. */
  notice: 'end' | 'floating' | 'inside';
  isStaged: boolean;
};

/** The element of a form that is sent through `useSending`. */
export function SendingFrame(props: FrameProps) {
  const { sending, action, failed, notice, isStaged, children, ...form } = props;
  const { isWatched } = sending;
  const { ref, ...handlers } = sending.props;
  useEffect(() => {
    if (!isWatched || !ref.current) return;
    void drafts();
    return watchForm(ref.current, isStaged);
  }, [isWatched, isStaged, ref]);
  // While there is a session: after its end there is no key for the text.
  const prepare = isWatched ? () => void drafts().then((used) => used?.prepare()) : undefined;
  return (
    // What has the focus as the page comes is not focused again.
    <form {...form} {...handlers} ref={ref} action={action} onFocus={prepare} onInput={prepare}>
      <FailureContext value={{ ...sending, failed }}>
        {children}
        {notice !== 'inside' && <FailureNotice isFloating={notice === 'floating'} />}
      </FailureContext>
    </form>
  );
}

type Props = FormProps &
  Partial<Pick<FrameProps, 'failed' | 'notice' | 'isStaged'>> & {
    action: (form: FormData) => Promise<void>;
    /** Whether its text would be missed. */
    isWatched?: boolean;
    /** Whether nothing that was kept is wanted after it. */
    isLast?: boolean;
  };

/** A form whose guarded action answers with another page. Without JavaScript a plain form. */
export function SendingForm(props: Props) {
  const { action, isWatched = false, isLast = false, ...frame } = props;
  const { failed = 'Not saved', notice = 'end', isStaged = false, ...form } = frame;
  const sending = useSending({ isWatched, isLast });
  // On the server it is Next's own reference, which makes the form work before any script.
  const send = isServer ? action : (data: FormData) => sending.send(() => action(data), undefined);
  return (
    <SendingFrame
      {...form}
      sending={sending}
      action={send}
      failed={failed}
      notice={notice}
      isStaged={isStaged}
    />
  );
}

export const isServer = typeof window === 'undefined';
