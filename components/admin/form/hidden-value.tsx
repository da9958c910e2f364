'use client';

import { useField } from '@/components/forms/form-state';

/** A hidden field that the server may answer with another value. */
export function HiddenValue({ name }: { name: string }) {
  return <input type="hidden" name={name} value={useField(name).value ?? ''} />;
}
