import type { ReactNode } from 'react';
import { CodeField } from '@/components/mfa/code-field';
import type { FactorKind } from '@/lib/extras/mfa/factors/factor-kind';

// How each field in which a factor is given is drawn; kinds that share one share it here.
const FIELDS: Readonly<Record<string, (kinds: readonly FactorKind[]) => ReactNode>> = {
  code: (kinds) => (
    <CodeField
      label="Code"
      hint={
        kinds.some(({ standsAlone }) => standsAlone)
          ? 'From your authenticator app, or one of your recovery codes.'
          : 'One of your recovery codes.'
      }
    />
  ),
};

/** The fields for the factors that somebody has, one of which is enough. */
export function FactorFields({ kinds }: { kinds: readonly FactorKind[] }) {
  const names = [...new Set(kinds.map(({ field }) => field.name))];
  return names.map((name) => (
    <div key={name}>{FIELDS[name]?.(kinds.filter(({ field }) => field.name === name))}</div>
  ));
}
