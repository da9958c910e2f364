import type { ReactNode } from 'react';
import { DateTime } from '@/components/date-time';
import { SubmitButton } from '@/components/forms/submit-button';
import { SendingForm } from '@/components/sending/sending-form';
import { describeUserAgent } from '@/lib/contrib/sessions/user-agent';
import type { Device } from '@/lib/extras/devices/devices';

type EndSession = (form: FormData) => Promise<void>;

/** The browsers somebody is signed in with; every one but this can be ended here. */
export function SessionList({ devices, end }: { devices: Device[]; end: EndSession }) {
  return (
    <ul className="divide-y divide-line border-y border-line">
      {devices.map((device) => (
        <li
          key={device.id}
          className="flex flex-wrap items-center justify-between gap-x-6 gap-y-3 py-4 sm:flex-nowrap"
        >
          <DeviceFacts device={device} />
          {!device.isCurrent && (
            <SendingForm
              action={end}
              failed="Nothing is ended"
              notice="floating"
              className="shrink-0"
            >
              <input type="hidden" name="id" value={device.id} />
              <SubmitButton variant="secondary">
                End session
                <span className="sr-only">: {describeUserAgent(device.userAgent)}</span>
              </SubmitButton>
            </SendingForm>
          )}
        </li>
      ))}
    </ul>
  );
}

function DeviceFacts({ device }: { device: Device }) {
  const { userAgent, ipAddress, created, lastSeen, note, isCurrent } = device;
  return (
    <div className="min-w-0">
      <p className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <span className="font-semibold">{describeUserAgent(userAgent)}</span>
        {isCurrent && (
          <span className="rounded-sm px-1.5 text-sm text-accent ring-1 ring-accent">
            This device
          </span>
        )}
      </p>
      {note !== '' && <p className="mt-1 text-sm wrap-anywhere">{note}</p>}
      <dl className="mt-1 flex flex-wrap gap-x-6 gap-y-0.5 text-sm text-muted">
        <DeviceFact name="Address">{ipAddress ? <code>{ipAddress}</code> : 'unknown'}</DeviceFact>
        <DeviceFact name="Signed in">
          <DateTime value={created} />
        </DeviceFact>
        <DeviceFact name="Last seen">
          {isCurrent ? 'now' : <DateTime value={lastSeen} />}
        </DeviceFact>
      </dl>
    </div>
  );
}

function DeviceFact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="flex gap-x-1.5">
      <dt>{name}</dt>
      <dd className="text-ink">{children}</dd>
    </div>
  );
}
