'use client';

import {
  type ComponentProps,
  type ComponentType,
  type MouseEvent,
  useContext,
  useRef,
  useState,
} from 'react';
import { FormLine } from '@/components/admin/form/form-line';
import { heldIn, type Picked, valueWith, withPicked } from '@/components/admin/form/related/picked';
import type { RelatedDialog } from '@/components/admin/form/related/related-dialog';
import { FormStateContext } from '@/components/forms/form-state';
import { useHydrated } from '@/components/use-hydrated';
import type { FormField } from '@/lib/contrib/admin/form/change-form';
import { BESIDE } from '@/lib/contrib/admin/related/beside';
import type { RelatedLinks } from '@/lib/contrib/admin/related/related-links';
import type { FormState } from '@/lib/forms/forms';

type Props = { field: FormField; links: RelatedLinks; back: string };
type Dialog = ComponentType<Parameters<typeof RelatedDialog>[0]>;
type Open = { Dialog: Dialog; id: string | null };
type Value = { of: FormState['fieldErrors']; text: string };

/**
 * A field that names rows of another model, with "+" and a pencil: without scripts buttons, by which the
 * form is kept until their pages lead back, and with scripts a dialog that puts the row into the field.
 * Django: RelatedFieldWidgetWrapper
 */
export function RelatedField({ field, links, back }: Props) {
  const state = useContext(FormStateContext);
  const part = useRef<HTMLDivElement>(null);
  const [picked, setPicked] = useState<readonly Picked[]>([]);
  const [value, setValue] = useState<Value | null>(null);
  const [open, setOpen] = useState<Open | null>(null);
  const isHydrated = useHydrated();
  const { name, label } = field;
  // What the server answers counts more than what was picked before it was asked. Of its answer, since
  // lines are given one with their own values.
  const isPicked = value?.of === state.fieldErrors;
  const own = isPicked ? { ...state.values, [name]: value.text } : state.values;
  const query = `next=${encodeURIComponent(back)}&_related=${name}`;
  const chosen = own[name] ?? '';

  const show = async (event: MouseEvent<HTMLAnchorElement>, isNew: boolean) => {
    const { metaKey, ctrlKey, shiftKey, button, currentTarget } = event;
    if (metaKey || ctrlKey || shiftKey || button !== 0) return;
    const id = isNew ? null : heldIn(part.current, name);
    if (!links.isPlain) {
      if (id) currentTarget.href = changeHref(links, id, query);
      return;
    }
    event.preventDefault();
    if (id === '') return;
    const { RelatedDialog: loaded } = await import(
      '@/components/admin/form/related/related-dialog'
    );
    setOpen({ Dialog: loaded, id });
  };
  const pick = (row: Picked) => {
    setOpen(null);
    setPicked([...picked, row]);
    setValue({ of: state.fieldErrors, text: valueWith(field, heldIn(part.current, name), row) });
  };
  return (
    <div ref={part} className="space-y-1">
      <FormStateContext value={{ ...state, values: own }}>
        <FormLine key={picked.length} field={withPicked(field, picked)} />
      </FormStateContext>
      <p className="flex gap-4 text-sm">
        {links.canAdd && (
          <Beside
            what="add"
            {...{ name, isHydrated }}
            href={`${links.path}add/?${query}`}
            onClick={(event) => show(event, true)}
            aria-label={`Add ${links.noun}: ${label}`}
          >
            + Add {links.noun}
          </Beside>
        )}
        {links.canChange && (chosen !== '' || picked.length > 0) && (
          <Beside
            what="change"
            {...{ name, isHydrated }}
            href={changeHref(links, chosen, query)}
            onClick={(event) => show(event, false)}
            aria-label={`Change the chosen ${links.noun}: ${label}`}
          >
            ✎ Change
          </Beside>
        )}
      </p>
      {open && (
        <open.Dialog links={links} id={open.id} onClose={() => setOpen(null)} onSaved={pick} />
      )}
    </div>
  );
}

type BesideProps = Pick<ComponentProps<'a'>, 'href' | 'onClick' | 'aria-label' | 'children'> & {
  what: 'add' | 'change';
  name: string;
  isHydrated: boolean;
};

// With scripts nothing here leaves the page, and so nobody is asked about its text.
function Beside({ what, name, isHydrated, href, onClick, children, ...words }: BesideProps) {
  return isHydrated ? (
    <a href={href} onClick={onClick} target="_blank" className={look} {...words}>
      {children}
    </a>
  ) : (
    <button type="submit" name={BESIDE} value={`${what} ${name}`} className={look} {...words}>
      {children}
    </button>
  );
}

const look = 'inline-flex min-h-6 items-center text-accent underline-offset-4 hover:underline';

function changeHref({ path }: RelatedLinks, id: string, query: string): string {
  return `${path}${encodeURIComponent(id)}/change/?${query}`;
}
