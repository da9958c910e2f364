'use client';

import { type ReactNode, useActionState } from 'react';
import { RestoredNotice, useRestored } from '@/components/drafts/restored';
import { ErrorSummary } from '@/components/forms/error-summary';
import { type FormAction, FormStateContext } from '@/components/forms/form-state';
import { isServer, SendingFrame } from '@/components/sending/sending-form';
import { useSending } from '@/components/sending/use-sending';
import { emptyFormState, type FormState } from '@/lib/forms/forms';

type Props = {
  action: FormAction;
  id?: string;
  initialValues?: Record<string, string>;
  /** The form as it was sent before, with what was wrong with it, instead of these. */
  sent?: FormState;
  className?: string;
  /** Whether its text would be missed: leaving it asks first, and it outlives the session. */
  isWatched?: boolean;
  /** What did not happen when there is no answer. */
  failed?: string;
  /** Where that is said. */
  notice?: 'end' | 'inside';
  /** Whether the page stays when it is sent, and with it what others hold. */
  stays?: boolean;
  /** What fields are called whose names do not say it, by name. */
  labels?: Readonly<Record<string, string>>;
  children: ReactNode;
};

/**
 * A form around a guarded action. What the action returns is shown at the fields inside; without
 * JavaScript the server renders the same state into the answered page. The browser's own validation
 * is off: the words of the server are the only ones.
 */
export function ActionForm({ initialValues = {}, isWatched = true, ...props }: Props) {
  const restored = useRestored(isWatched);
  // A form's state begins once: with other values it is another form.
  return (
    <StatefulForm
      {...props}
      key={restored === null ? 'drawn' : 'restored'}
      initialValues={restored ?? initialValues}
      isWatched={isWatched}
      isRestored={restored !== null}
      {...(restored !== null && { sent: undefined })}
    />
  );
}

type StatefulProps = Props & {
  initialValues: Record<string, string>;
  isWatched: boolean;
  isRestored: boolean;
};

function StatefulForm(props: StatefulProps) {
  const { action, initialValues, sent, isWatched, isRestored, ...frame } = props;
  const {
    failed = 'Not saved',
    notice = 'end',
    labels = {},
    stays,
    className = '',
    children,
  } = frame;
  const sending = useSending({ isWatched, isLast: false });
  const send: FormAction = (state, form) => sending.send(() => action(state, form), state);
  const [state, dispatch] = useActionState(
    isServer ? action : send,
    sent ?? { ...emptyFormState, values: initialValues },
  );
  return (
    <FormStateContext value={state}>
      <SendingFrame
        id={props.id}
        data-stays={stays}
        sending={sending}
        action={dispatch}
        failed={failed}
        notice={notice}
        isStaged={isRestored || sent !== undefined}
        noValidate
        className={`space-y-5 ${className}`}
      >
        {isRestored && <RestoredNotice />}
        <ErrorSummary state={state} labels={labels} />
        {children}
      </SendingFrame>
    </FormStateContext>
  );
}
