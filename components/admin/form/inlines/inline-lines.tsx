'use client';

import { useContext, useEffect, useRef, useState } from 'react';
import { HiddenValue } from '@/components/admin/form/hidden-value';
import { linesShown, type ShownLine } from '@/components/admin/form/inlines/lines-shown';
import { StackedLine } from '@/components/admin/form/inlines/stacked-line';
import { TabularHead, TabularLine } from '@/components/admin/form/inlines/tabular-line';
import { Button } from '@/components/button';
import { FieldErrors } from '@/components/forms/field';
import { FormStateContext } from '@/components/forms/form-state';
import type { InlineView } from '@/lib/contrib/admin/inlines/inline-view';
import type { FormState } from '@/lib/forms/forms';

type Props = { view: InlineView; back?: string | undefined };

/**
 * The lines of one inline. How many there are, the form's state says, and with scripts a button adds
 * further ones; without them the same button asks the server.
 */
export function InlineLines({ view, back }: Props) {
  const state = useContext(FormStateContext);
  const { added, removed, add, remove } = useAdded();
  const box = useRef<HTMLDivElement>(null);
  const { prefix, noun } = view;
  const isForm = `${prefix}-TOTAL_FORMS` in state.values;
  const all = linesShown(view, state, added);
  const isGone = ({ name, isRemoved }: ShownLine) => isRemoved || removed.has(name);
  const shown = all.filter((line) => !isGone(line));

  useEffect(() => {
    if (added === 0) return;
    const controls = box.current?.querySelectorAll<HTMLElement>('[data-line]:last-of-type [id]');
    [...(controls ?? [])].find((each) => each.matches('input, select, textarea'))?.focus();
  }, [added]);

  const drawn = shown.map((shownLine) => ({
    shownLine,
    view,
    isForm,
    back,
    onRemove: shownLine.line ? null : () => remove(shownLine.name),
  }));
  const lines =
    view.kind === 'tabular' ? (
      <div className="lines-table">
        <table>
          <TabularHead view={view} isForm={isForm} />
          <tbody>
            {drawn.map((line) => (
              <TabularLine key={line.shownLine.name} {...line} />
            ))}
          </tbody>
        </table>
      </div>
    ) : (
      drawn.map((line) => <StackedLine key={line.shownLine.name} {...line} />)
    );
  return (
    <div ref={box} id={`id_${prefix}`} data-inline={prefix} className="space-y-3">
      {isForm && (
        <>
          <input type="hidden" name={`${prefix}-TOTAL_FORMS`} value={all.length} />
          <HiddenValue name={`${prefix}-INITIAL_FORMS`} />
          <input type="hidden" name={`${prefix}-MIN_NUM_FORMS`} value={view.minNum} />
          <input type="hidden" name={`${prefix}-MAX_NUM_FORMS`} value={view.maxNum} />
        </>
      )}
      {all.filter(isGone).map(({ name }) => (
        <input key={name} type="hidden" name={`${name}-DELETE`} value="on" />
      ))}
      <FieldErrors id={`id_${prefix}`} errors={state.fieldErrors[prefix] ?? []} />
      {shown.length === 0 ? (
        <p className="text-muted">{`No ${view.title.toLowerCase()}.`}</p>
      ) : (
        <FormStateContext value={withFilled(state, all)}>{lines}</FormStateContext>
      )}
      {isForm && view.blank && shown.length < view.maxNum && (
        <Button
          name={`_addrow-${prefix}`}
          value="1"
          onClick={(event) => {
            event.preventDefault();
            add();
          }}
        >
          {`Add another ${noun}`}
        </Button>
      )}
    </div>
  );
}

// As if the form's state knew of the lines that were added since.
function withFilled(state: FormState, lines: readonly ShownLine[]): FormState {
  const filled = lines.map((line) => line.filled).filter((each) => each !== null);
  return filled.length === 0
    ? state
    : { ...state, values: Object.assign({}, state.values, ...filled) };
}

// Each answer of the server knows of all lines, the added ones too.
function useAdded() {
  const state = useContext(FormStateContext);
  const [local, setLocal] = useState({ of: state, added: 0, removed: NONE });
  const now = local.of === state ? local : { of: state, added: 0, removed: NONE };
  return {
    added: now.added,
    removed: now.removed,
    add: () => setLocal({ ...now, added: now.added + 1 }),
    remove: (name: string) => setLocal({ ...now, removed: new Set([...now.removed, name]) }),
  };
}

const NONE: ReadonlySet<string> = new Set();
