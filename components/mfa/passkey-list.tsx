import type { ReactNode } from 'react';
import { ButtonLink } from '@/components/button';
import { DateTime } from '@/components/date-time';
import { Name } from '@/components/name';
import type { Passkey } from '@/lib/extras/mfa/passkeys/passkeys';

/** Somebody's passkeys, each with where it is kept and what may be done with it. */
export function PasskeyList({ passkeys }: { passkeys: readonly Passkey[] }) {
  if (passkeys.length === 0) {
    return <p className="text-muted">You have none yet.</p>;
  }
  return (
    <ul className="divide-y divide-line border-y border-line">
      {passkeys.map((passkey) => (
        <li
          key={passkey.id}
          className="flex flex-wrap items-center justify-between gap-x-6 gap-y-3 py-4 sm:flex-nowrap"
        >
          <PasskeyFacts passkey={passkey} />
          <div className="flex shrink-0 gap-2">
            <PasskeyLink passkey={passkey} to="edit">
              Rename
            </PasskeyLink>
            <PasskeyLink passkey={passkey} to="remove">
              Remove
            </PasskeyLink>
          </div>
        </li>
      ))}
    </ul>
  );
}

function PasskeyFacts({ passkey }: { passkey: Passkey }) {
  const { name, deviceType, created, lastUsed, copySeen } = passkey;
  return (
    <div className="min-w-0">
      <p className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <span className="font-semibold">
          <Name text={name} />
        </span>
        {copySeen && (
          <span className="rounded-sm px-1.5 text-sm text-danger ring-1 ring-danger">
            May be copied
          </span>
        )}
      </p>
      {copySeen && (
        <p className="mt-1 max-w-2xl text-sm text-danger">
          It was refused <DateTime value={copySeen} />, because it had been used more often than
          your device said. Unless you know why, remove it and add another.
        </p>
      )}
      <dl className="mt-1 flex flex-wrap gap-x-6 gap-y-0.5 text-sm text-muted">
        <Fact name="Kept on">
          {deviceType === 'multiDevice' ? 'your devices that are synced' : 'one device'}
        </Fact>
        <Fact name="Added">
          <DateTime value={created} />
        </Fact>
        <Fact name="Last used">{lastUsed ? <DateTime value={lastUsed} /> : 'never'}</Fact>
      </dl>
    </div>
  );
}

type LinkProps = { passkey: Passkey; to: 'edit' | 'remove'; children: string };

function PasskeyLink({ passkey: { id, name }, to, children }: LinkProps) {
  return (
    <ButtonLink href={`/accounts/2fa/webauthn/keys/${id}/${to}/`}>
      {children}
      <span className="sr-only">: {name}</span>
    </ButtonLink>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="flex gap-x-1.5">
      <dt>{name}</dt>
      <dd className="text-ink">{children}</dd>
    </div>
  );
}
