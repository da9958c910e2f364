import type { ReactNode } from 'react';
import { CodeField } from '@/components/mfa/code-field';
import { PasskeyField } from '@/components/webauthn/passkey-field';
import type { FactorKind } from '@/lib/extras/mfa/factors/factor-kind';

// How each field in which a factor is given is drawn; kinds that share one share it here.
const FIELDS: Readonly<
  Record<string, (kinds: readonly FactorKind[], purpose: 'confirm' | 'second') => ReactNode>
> = {
  credential: ([kind], purpose) =>
    kind?.field.options && (
      <PasskeyField
        name={kind.field.name}
        label={kind.field.label}
        options={kind.field.options}
        purpose={purpose}
        variant="primary"
      />
    ),
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

type Props = {
  kinds: readonly FactorKind[];
  /** What a passkey is used for: beside a password on the way in, or in a session. */
  purpose: 'confirm' | 'second';
};

/** The fields for the factors that somebody has, one of which is enough; the quickest first. */
export function FactorFields({ kinds, purpose }: Props) {
  const given = new Set(kinds.map(({ field }) => field.name));
  return Object.entries(FIELDS)
    .filter(([name]) => given.has(name))
    .map(([name, draw]) => (
      <div key={name}>
        {draw(
          kinds.filter(({ field }) => field.name === name),
          purpose,
        )}
      </div>
    ));
}
