'use client';

import { useContext } from 'react';
import { HiddenValue } from '@/components/admin/form/hidden-value';
import type { ShownLine } from '@/components/admin/form/inlines/lines-shown';
import { Button } from '@/components/button';
import { FieldErrors } from '@/components/forms/field';
import { FormStateContext, useField } from '@/components/forms/form-state';
import { TextLink } from '@/components/text-link';
import { useHydrated } from '@/components/use-hydrated';
import type { InlineView } from '@/lib/contrib/admin/inlines/inline-view';

export type LineProps = {
  shownLine: ShownLine;
  view: InlineView;
  /** Whether there is a form around it. */
  isForm: boolean;
  /** Takes a new line away; null for one that is there. */
  onRemove: (() => void) | null;
  /** The address of the form, to come back to from one beside a field; undefined where it is only read. */
  back: string | undefined;
};

/**
 * What is wrong with a line as a whole, and what it carries along: its id, the row it belongs to, and
 * what it was filled with.
 */
export function LineStart({ shownLine: { name, initial }, view, isForm }: LineProps) {
  const { values, fieldErrors } = useContext(FormStateContext);
  const carried = [`${name}-id`, `${name}-${view.key}`, `${name}-_version`];
  return (
    <>
      {isForm &&
        [...carried, ...initial.filter((each) => each in values)].map((each) => (
          <HiddenValue key={each} name={each} />
        ))}
      <FieldErrors id={`id_${name}`} errors={fieldErrors[name] ?? []} />
    </>
  );
}

/** What a line is called, with a link to its own page. */
export function LineName({ shownLine: { line }, view }: LineProps) {
  if (!line) return <span className="text-muted">{`New ${view.noun}`}</span>;
  return line.href === null ? (
    <bdi>{line.name}</bdi>
  ) : (
    <TextLink href={line.href} prefetch={false}>
      <bdi>{line.name}</bdi>
    </TextLink>
  );
}

/** The box that deletes a line, or the button that takes a new one away. */
export function LineDelete({ shownLine, view, onRemove }: LineProps) {
  const { name, number, line } = shownLine;
  const field = useField(`${name}-DELETE`);
  const isHydrated = useHydrated();
  if (!line) {
    if (!isHydrated || onRemove === null) return null;
    return (
      <Button
        type="button"
        variant="quiet"
        aria-label={`Remove new ${view.noun} ${number}`}
        onClick={onRemove}
      >
        Remove
      </Button>
    );
  }
  if (!line.canDelete) return null;
  return (
    <label className="inline-flex min-h-6 items-center gap-2 text-danger">
      <input
        {...field.control}
        type="checkbox"
        value="on"
        data-delete
        defaultChecked={field.value === 'on'}
        aria-label={`Delete ${line.name}`}
        className="size-4 accent-danger"
      />
      Delete
    </label>
  );
}
