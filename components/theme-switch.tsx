import { SendingForm } from '@/components/sending/sending-form';
import type { Theme } from '@/components/theme';

const choices: [Theme, string][] = [
  ['system', 'System'],
  ['light', 'Light'],
  ['dark', 'Dark'],
];

type Props = { theme: Theme; action: (form: FormData) => Promise<void> };

/** A plain form: it works before, and without, any script. */
export function ThemeSwitch({ theme, action }: Props) {
  return (
    <SendingForm action={action} failed="The theme is not changed" notice="floating" data-stays>
      <fieldset className="flex items-center gap-1 text-sm text-muted sm:-mr-2.5">
        <legend className="float-left mr-1">Theme</legend>
        {choices.map(([value, label]) => (
          <button
            key={value}
            type="submit"
            name="theme"
            value={value}
            aria-pressed={value === theme}
            className="min-h-8 rounded-field px-2.5 hover:text-ink aria-pressed:bg-sunken aria-pressed:text-ink"
          >
            {label}
          </button>
        ))}
      </fieldset>
    </SendingForm>
  );
}
