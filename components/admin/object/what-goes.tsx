import { Name } from '@/components/name';
import { TextLink } from '@/components/text-link';
import type { Belonging } from '@/lib/contrib/auth/account/offboarding';
import type { OffboardReview } from '@/lib/contrib/auth/admin/people/offboard-review';

type Props = { username: string; isActive: boolean; review: OffboardReview };

/** What letting somebody go does, in two lists; of somebody who was let go what comes back and stays. */
export function WhatGoes({ username, isActive, review }: Props) {
  const { ends, owns, permissions, groups } = review;
  const held =
    permissions === 1 ? '1 permission' : `${permissions.toLocaleString('en')} permissions`;
  return (
    <div className="grid gap-x-10 gap-y-6 sm:grid-cols-2">
      <section>
        <h2>{isActive ? 'What ends' : 'What comes back'}</h2>
        <ul className="mt-2 list-disc space-y-1 pl-5">
          <li>
            <Name text={username} /> {isActive ? 'can no longer sign in' : 'can sign in again'}.
          </li>
          {permissions > 0 && (
            <li>
              {held} {voidWords(isActive, permissions)}
              {groups && groups.length > 0 && <> (groups: {groups.join(', ')})</>}.
            </li>
          )}
          {isActive &&
            ends.map((each) => (
              <li key={each.many}>
                <Counted belonging={each} /> {each.count === 1 ? 'ends' : 'end'} for good.
              </li>
            ))}
        </ul>
      </section>
      <section>
        <h2>What stays</h2>
        <ul className="mt-2 list-disc space-y-1 pl-5">
          {owns.map((each) => (
            <li key={each.many}>
              <Counted belonging={each} />
            </li>
          ))}
          <li>The account, its groups and its history.</li>
        </ul>
      </section>
    </div>
  );
}

function voidWords(isActive: boolean, count: number): string {
  if (isActive) return count === 1 ? 'counts no longer' : 'count no longer';
  return count === 1 ? 'counts again' : 'count again';
}

function Counted({ belonging: { one, many, count, href } }: { belonging: Belonging }) {
  const text = `${count.toLocaleString('en')} ${count === 1 ? one : many}`;
  return href === undefined ? (
    text
  ) : (
    <TextLink href={href} prefetch={false}>
      {text}
    </TextLink>
  );
}
