import type { Ref } from 'react';
import { FieldErrors } from '@/components/forms/field';
import { useField } from '@/components/forms/form-state';

type Props = { ref: Ref<HTMLInputElement>; problem: string };

/** The field that carries what the browser has made, and what was wrong with it. */
export function MadePasskey({ ref, problem }: Props) {
  const { id, errors } = useField('credential');
  return (
    <div id={id} role="alert" className="empty:hidden">
      <input ref={ref} type="hidden" name="credential" />
      <FieldErrors id={id} errors={problem === '' ? errors : [problem]} />
    </div>
  );
}
