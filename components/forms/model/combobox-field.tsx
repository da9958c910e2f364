'use client';

import { type ComponentProps, type KeyboardEvent, useState } from 'react';
import { useCombobox } from '@/components/combobox/use-combobox';
import { controlLook, Field } from '@/components/forms/field';
import { useField } from '@/components/forms/form-state';
import {
  type ChoiceProps,
  type Choices,
  SelectField,
} from '@/components/forms/model/choice-fields';
import { isOnlyTyped, shownChoice, typedChoice } from '@/components/forms/model/typed-choice';
import { useHydrated } from '@/components/use-hydrated';

// As many as a list shows at once.
const SHOWN = 50;

/** One of many, searched while typing; without scripts a select. */
export function ComboboxField(props: ChoiceProps) {
  const { name, label, hint, required = true, choices } = props;
  const field = useField(name, hint);
  if (!useHydrated()) return <SelectField {...props} />;
  return (
    <Field id={field.id} label={label} hint={hint} optional={!required} errors={field.errors}>
      <Combobox
        key={field.value}
        control={field.control}
        choices={choices}
        initial={field.value ?? ''}
        isRequired={required}
      />
    </Field>
  );
}

type Props = {
  control: ComponentProps<'input'>;
  choices: Choices;
  initial: string;
  isRequired: boolean;
};

function Combobox({ control, choices, initial, isRequired }: Props) {
  const [value, setValue] = useState(initial);
  const [text, setText] = useState(shownChoice(choices, initial));
  const [isOpen, setOpen] = useState(false);
  const { name, id, ...rest } = control;
  const found = matching(choices, isOnlyTyped(value, text) ? text : '');
  const combobox = useCombobox({
    listId: `${id}_list`,
    count: found.length,
    isOpen,
    first: -1,
    choose: (index) => {
      const [chosen, label] = found[index] ?? [value, text];
      setValue(String(chosen));
      setText(label);
      setOpen(false);
    },
  });
  const type = (typed: string) => {
    setText(typed);
    setValue(typedChoice(choices, typed));
    setOpen(true);
    combobox.restart();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (!isOpen && event.key === 'ArrowDown') setOpen(true);
    if (!isOpen) return;
    combobox.onKeyDown(event);
    if (event.key !== 'Escape') return;
    setOpen(false);
    event.preventDefault();
  };
  return (
    <div className="relative">
      <input type="hidden" name={name} value={value} />
      <input
        {...rest}
        {...combobox.input}
        id={id}
        value={text}
        aria-required={isRequired || undefined}
        onChange={({ target }) => type(target.value)}
        onKeyDown={onKeyDown}
        onBlur={() => setOpen(false)}
        className={`${controlLook} h-11`}
      />
      <div
        {...combobox.list}
        role="listbox"
        aria-label="Matches"
        className="absolute z-20 mt-1 max-h-64 w-full overflow-y-auto rounded-field border border-line bg-surface py-1 shadow-md"
      >
        {found.map(([choice, label], index) => (
          <div
            key={choice}
            {...combobox.option(index)}
            dir="auto"
            className="cursor-pointer px-3 py-2 hover:bg-sunken aria-selected:bg-sunken"
          >
            {label}
          </div>
        ))}
      </div>
      <p role="status" className="sr-only">
        {isOpen && (found.length === 0 ? 'Nothing found.' : `${found.length} found`)}
      </p>
    </div>
  );
}

function matching(choices: Choices, typed: string): Choices {
  const wanted = typed.trim().toLocaleLowerCase();
  return choices.filter(([, label]) => label.toLocaleLowerCase().includes(wanted)).slice(0, SHOWN);
}
