'use client';

import { useContext, useState } from 'react';
import type { FieldProps } from '@/components/forms/field';
import { FormStateContext } from '@/components/forms/form-state';
import { PasswordField } from '@/components/forms/password-field';
import type { PasswordHelp } from '@/lib/contrib/auth/password-validation';
import { satisfies } from '@/lib/contrib/auth/password-validation/rules';
import type { PasswordSubject } from '@/lib/contrib/auth/password-validation/subject';

type Props = Pick<FieldProps, 'name' | 'label'> & {
  /** `passwordHelp()`; plain texts, as of `passwordValidatorsHelpTexts()`, are never ticked off. */
  helpTexts: readonly (PasswordHelp | string)[];
  /** Whose password it is, as far as the browser may know; without it nothing is called similar. */
  user?: PasswordSubject;
};

/**
 * A password that is being chosen, with the rules for it below. Once scripts run, those that need
 * nobody else's judgement are ticked off while it is typed; the server judges them all.
 */
export function NewPasswordField({ name, label, helpTexts, user }: Props) {
  // An answer of the server empties the field, and with it what was typed.
  const answer = useContext(FormStateContext);
  const [input, setInput] = useState({ text: '', answer });
  const typed = input.answer === answer ? input.text : '';
  const rulesId = `id_${name}_rules`;
  return (
    <div className="space-y-2">
      <PasswordField
        name={name}
        label={label}
        autoComplete="new-password"
        describedBy={rulesId}
        onType={(text) => setInput({ text, answer })}
      />
      <ul id={rulesId} className="space-y-1 text-sm text-muted">
        {helpTexts.map((help) => {
          const { text, rule } = typeof help === 'string' ? { text: help, rule: null } : help;
          const canJudge = typed !== '' && (rule?.kind !== 'similarity' || user !== undefined);
          const isMet = rule !== null && canJudge && satisfies(rule, typed, user);
          return <Rule key={text} text={text} isMet={isMet} />;
        })}
      </ul>
    </div>
  );
}

function Rule({ text, isMet }: { text: string; isMet: boolean }) {
  return (
    <li className="flex items-baseline gap-2" data-met={isMet || undefined}>
      <svg viewBox="0 0 16 16" aria-hidden="true" className="size-3.5 shrink-0 translate-y-0.5">
        {isMet ? (
          <path
            d="m3 8.5 3.5 3.5L13 4.5"
            fill="none"
            stroke="currentColor"
            strokeWidth="2"
            strokeLinecap="round"
            strokeLinejoin="round"
            className="text-accent"
          />
        ) : (
          <circle cx="8" cy="8" r="2" fill="currentColor" />
        )}
      </svg>
      <span>
        {text}
        {isMet && <span className="sr-only"> Met.</span>}
      </span>
    </li>
  );
}
