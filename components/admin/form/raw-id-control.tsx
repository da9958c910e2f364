'use client';

import { useState } from 'react';
import { adminControl, type ControlProps } from '@/components/admin/form/controls';
import { Field } from '@/components/forms/field';
import { useField } from '@/components/forms/form-state';
import { TextLink } from '@/components/text-link';

type Props = ControlProps & { href: string | null; text: string };

/** The id of a row, or several with commas between them. Django: ForeignKeyRawIdWidget */
export function RawIdControl({ name, label, hint, isRequired, href, text }: Props) {
  const { id, errors, control, value } = useField(name, hint);
  const [first] = useState(value);
  return (
    <Field id={id} label={label} hint={hint} optional={!isRequired} errors={errors}>
      <input
        {...control}
        type="text"
        defaultValue={value}
        autoComplete="off"
        aria-required={isRequired || undefined}
        className={`${adminControl} h-9`}
      />
      <p className="text-muted">
        {text !== '' && value === first && <>Now: {text}. </>}
        {href !== null && (
          <TextLink href={href} prefetch={false} target="_blank">
            Look up
          </TextLink>
        )}
      </p>
    </Field>
  );
}
