import { DateTime } from '@/components/date-time';
import { Name } from '@/components/name';
import type { GivenForATime } from '@/lib/extras/access-requests/timed-grants';

/** What somebody has for a time, each with its end. */
export function GrantList({ grants }: { grants: readonly GivenForATime[] }) {
  return (
    <ul className="divide-y divide-line border-y border-line">
      {grants.map(({ id, perm, group, until, granter, reason }) => (
        <li key={id} className="py-3">
          <p className="wrap-anywhere">
            {perm === null ? (
              <>
                Group <Name text={group ?? ''} />
              </>
            ) : (
              <code>{perm}</code>
            )}
          </p>
          <p className="mt-1 text-sm text-muted wrap-anywhere">
            Until <DateTime value={until} />, granted by <Name text={granter} />:{' '}
            <bdi>{reason}</bdi>
          </p>
        </li>
      ))}
    </ul>
  );
}
