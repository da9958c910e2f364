import { TextField } from '@/components/forms/text-field';

/** An address that is asked for. */
export function EmailField({ label = 'Email address', hint }: { label?: string; hint?: string }) {
  return (
    <TextField
      name="email"
      label={label}
      hint={hint}
      inputMode="email"
      autoComplete="email"
      autoCapitalize="none"
      spellCheck={false}
    />
  );
}
