import { TextField } from '@/components/forms/text-field';

/** A mailed code that is typed; dashes, spaces and case do not count. */
export function CodeField() {
  return (
    <TextField
      name="code"
      label="Code"
      hint="Eight letters, as WDJB-MJHT. Dashes and capitals do not matter."
      autoComplete="one-time-code"
      autoCapitalize="characters"
      spellCheck={false}
    />
  );
}
