import type { ReactNode } from 'react';
import { Name } from '@/components/name';
import { TextLink } from '@/components/text-link';
import type { People } from '@/lib/contrib/auth/rights/alike-people';
import { userAdminPath } from '@/lib/contrib/auth/users/user-path';

// The rest is opened.
const NAMES = 20;

type Props = {
  people: People;
  actorId: number;
  isLoss: boolean;
  /** What one does, and what several do. */
  verb: readonly [one: string, several: string];
};

/** Who gains or loses something, with a sign before it: a sentence of names, the rest to be opened. */
export function PeopleLine({ people: { count, first }, actorId, isLoss, verb }: Props) {
  if (count === 0) return null;
  const named = first.slice(0, NAMES);
  const others = first.slice(NAMES);
  const rest = count - named.length;
  const people = count === 1 ? '1 person' : `${count.toLocaleString('en')} people`;
  const isYou = count === 1 && named[0]?.id === actorId;
  return (
    <div className="grid grid-cols-[1.25rem_minmax(0,1fr)]">
      <Sign isLoss={isLoss} />
      <div>
        <p>
          {named.map((person, i) => (
            <span key={person.id}>
              {i > 0 && (i === count - 1 ? ' and ' : ', ')}
              <Person {...person} actorId={actorId} />
            </span>
          ))}
          {named.length > 0 && rest > 0 && ` and ${rest.toLocaleString('en')} more`}
          {named.length === 0 && <span className="font-semibold">{people}</span>}{' '}
          <span className={isLoss ? 'font-semibold text-danger' : undefined}>
            {count === 1 && !isYou ? verb[0] : verb[1]}
          </span>
          {named.length > 0 && count > 1 && <span className="text-muted">{` · ${people}`}</span>}
        </p>
        {others.length > 0 && (
          <details className="mt-1">
            <summary className="w-fit cursor-pointer text-accent underline underline-offset-4">
              {`Show ${rest > others.length ? 'the next' : 'the other'} ${others.length}`}
            </summary>
            <ul className="mt-2 flex flex-wrap gap-x-3 gap-y-1">
              {others.map((person) => (
                <li key={person.id}>
                  <Person {...person} actorId={actorId} />
                </li>
              ))}
              {rest > others.length && (
                <li className="text-muted">
                  {`and ${(rest - others.length).toLocaleString('en')} more`}
                </li>
              )}
            </ul>
          </details>
        )}
      </div>
    </div>
  );
}

/** The sign of what is given or taken; colour alone would tell it to few. */
export function Sign({ isLoss }: { isLoss: boolean }): ReactNode {
  return (
    <span aria-hidden="true" className={`font-bold ${isLoss ? 'text-danger' : 'text-accent'}`}>
      {isLoss ? '−' : '+'}
    </span>
  );
}

type PersonProps = People['first'][number] & { actorId: number };

function Person({ id, username, actorId }: PersonProps) {
  return (
    <TextLink href={userAdminPath(`${id}/permissions/`)} prefetch={false} className="font-semibold">
      {id === actorId ? 'you' : <Name text={username} />}
    </TextLink>
  );
}
