'use client';

import type { ReactNode } from 'react';
import { Field, FieldErrors, FieldHint } from '@/components/forms/field';
import { useField } from '@/components/forms/form-state';
import type { InputType } from '@/lib/contrib/admin/form/widgets';

export const adminControl =
  'block w-full rounded-field border border-edge bg-surface px-2.5 text-sm text-ink aria-invalid:border-danger';

export type ControlProps = {
  name: string;
  label: string;
  hint?: string;
  isRequired: boolean;
  /** Why the value stays as it is. */
  locked?: string;
};

/** Why a control stays as it is, below its label. */
export function LockedReason({ id, locked }: { id: string; locked: string | undefined }) {
  if (locked === undefined) return null;
  return (
    <p id={`${id}_locked`} className="text-sm text-muted">
      {locked}
    </p>
  );
}

/** How a control says that it stays as it is: what it holds is sent all the same. */
function lockedBy(id: string, locked: string | undefined, describedBy?: string) {
  if (locked === undefined) return { 'aria-describedby': describedBy };
  return { 'aria-describedby': [describedBy, `${id}_locked`].filter(Boolean).join(' ') };
}

type TextProps = ControlProps & { type: InputType };

// A number is typed as text: a browser would hide what is none, and round what is long.
const INPUT_MODES = { number: 'numeric', decimal: 'decimal' } as const;

function inputType(type: InputType) {
  if (type === 'number' || type === 'decimal')
    return { type: 'text', inputMode: INPUT_MODES[type] };
  return { type, inputMode: undefined };
}

export function TextControl({ name, label, hint, isRequired, type, locked }: TextProps) {
  const { id, errors, control, value } = useField(name, hint);
  return (
    <Field id={id} label={label} hint={hint} optional={!isRequired} errors={errors}>
      <LockedReason id={id} locked={locked} />
      <input
        {...control}
        {...lockedBy(id, locked, control['aria-describedby'])}
        {...inputType(type)}
        readOnly={locked !== undefined || undefined}
        step={type === 'time' ? 'any' : undefined}
        dir={type === 'text' ? 'auto' : undefined}
        autoComplete="off"
        defaultValue={value}
        aria-required={isRequired || undefined}
        className={`${adminControl} h-9 read-only:bg-sunken read-only:text-muted ${type === 'date' || type === 'time' ? 'w-40!' : ''}`}
      />
    </Field>
  );
}

type TextAreaProps = ControlProps & { isCode?: boolean };

export function TextAreaControl({ name, label, hint, isRequired, isCode }: TextAreaProps) {
  const { id, errors, control, value } = useField(name, hint);
  return (
    <Field id={id} label={label} hint={hint} optional={!isRequired} errors={errors}>
      <textarea
        {...control}
        dir={isCode ? 'ltr' : 'auto'}
        spellCheck={isCode ? false : undefined}
        rows={10}
        defaultValue={value}
        aria-required={isRequired || undefined}
        className={`${adminControl} py-2 ${isCode ? 'font-mono' : ''}`}
      />
    </Field>
  );
}

export function CheckboxControl({ name, label, hint, locked }: ControlProps) {
  const { id, errors, control, value } = useField(name, hint);
  return (
    <div className="space-y-1">
      {/* What is disabled is not sent. */}
      {locked !== undefined && value === 'on' && <input type="hidden" name={name} value="on" />}
      <label
        htmlFor={id}
        className={`inline-flex min-h-6 items-center gap-2.5 font-semibold ${locked === undefined ? '' : 'text-muted'}`}
      >
        <input
          {...control}
          {...lockedBy(id, locked, control['aria-describedby'])}
          disabled={locked !== undefined}
          type="checkbox"
          value="on"
          defaultChecked={value === 'on'}
          className="size-4 accent-accent"
        />
        {label}
      </label>
      <FieldHint id={id} hint={hint} />
      <LockedReason id={id} locked={locked} />
      <FieldErrors id={id} errors={errors} />
    </div>
  );
}

/** Date and time apart, under Django's names; the time zone is UTC. */
export function DateTimeControl({ name, label, hint, isRequired }: ControlProps) {
  const { errors, control } = useField(name, hint);
  const [date, time] = [useField(`${name}_0`), useField(`${name}_1`)];
  return (
    <Group label={label} isOptional={!isRequired} describedBy={control['aria-describedby']}>
      <FieldHint id={`id_${name}`} hint={hint} />
      <div className="flex flex-wrap gap-2" id={`id_${name}`}>
        <input
          {...date.control}
          type="date"
          aria-label={`${label}: date`}
          defaultValue={date.value}
          className={`${adminControl} h-9 w-40!`}
        />
        <input
          {...time.control}
          type="time"
          step="any"
          aria-label={`${label}: time, UTC`}
          defaultValue={time.value}
          className={`${adminControl} h-9 w-40!`}
        />
      </div>
      <FieldErrors id={`id_${name}`} errors={errors} />
    </Group>
  );
}

type SelectProps = ControlProps & { choices: readonly (readonly [string | number, string])[] };

export function SelectControl({ name, label, hint, isRequired, choices }: SelectProps) {
  const { id, errors, control, value } = useField(name, hint);
  return (
    <Field id={id} label={label} hint={hint} optional={!isRequired} errors={errors}>
      {/* A select keeps its first default over an answer of the server, unless it is a new one. */}
      <select
        key={value}
        {...control}
        defaultValue={value}
        aria-required={isRequired || undefined}
        className={`${adminControl} h-9`}
      >
        <option value="">None</option>
        {choices.map(([choice, text]) => (
          <option key={choice} value={choice}>
            {text}
          </option>
        ))}
      </select>
    </Field>
  );
}

type GroupProps = {
  label: string;
  isOptional?: boolean;
  describedBy?: string;
  children: ReactNode;
};

/** Several controls under one name. */
export function Group({ label, isOptional, describedBy, children }: GroupProps) {
  return (
    <fieldset aria-describedby={describedBy} className="min-w-0 space-y-1.5">
      <legend className="font-semibold">
        {label}
        {isOptional && <span className="font-normal text-muted"> (optional)</span>}
      </legend>
      {children}
    </fieldset>
  );
}
