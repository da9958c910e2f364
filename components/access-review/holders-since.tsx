import { DateTime } from '@/components/date-time';
import { Name } from '@/components/name';
import { Section } from '@/components/section';
import { TextLink } from '@/components/text-link';
import { userAdminPath } from '@/lib/contrib/auth/users/user-path';
import type { Review, Some } from '@/lib/extras/access-review/reviews';

type Props = { since: { added: Some; gone: Some }; last: Review };

/** Who came and who went since it was confirmed last. */
export function HoldersSince({ since: { added, gone }, last }: Props) {
  return (
    <Section
      title="Since the last confirmation"
      lead={
        <>
          <Name text={last.reviewer} />, <DateTime value={last.confirmed} />
        </>
      }
    >
      {added.count + gone.count === 0 ? (
        <p className="text-muted">They are the same people as then.</p>
      ) : (
        <div className="space-y-4">
          <People title="Added" sign="+" people={added} />
          <People title="Not there any more" sign="−" people={gone} />
        </div>
      )}
    </Section>
  );
}

function People({ title, sign, people }: { title: string; sign: string; people: Some }) {
  const { count, named } = people;
  if (count === 0) return null;
  return (
    <div>
      <h3 className="font-semibold tabular-nums">
        {title}: {count.toLocaleString('en')}
      </h3>
      <ul className="mt-1 flex flex-wrap gap-x-4 gap-y-1">
        {named.map(({ id, username }) => (
          <li key={id} className="min-w-0">
            <span aria-hidden="true" className="text-muted">{`${sign} `}</span>
            <TextLink
              href={userAdminPath(`${id}/change/`)}
              prefetch={false}
              className="break-words"
            >
              <Name text={username} />
            </TextLink>
          </li>
        ))}
        {count > named.length && (
          <li className="text-muted">and {(count - named.length).toLocaleString('en')} more</li>
        )}
      </ul>
    </div>
  );
}
