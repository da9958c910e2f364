'use client';

import type { CellFacts, FactPeople } from '@/lib/extras/matrix/cell-facts';

type Props = { facts: CellFacts; gives: boolean; isStaged: boolean };

/** How many have the permission of a cell, and what changing the cell alone would do to whom. */
export function CellEffect({ facts: { holders, change }, gives, isStaged }: Props) {
  const asIf = gives ? 'If it is given' : 'If it is taken away';
  const premise = isStaged ? 'By this change' : asIf;
  return (
    <>
      {holders && (
        <p className="text-muted">
          {`${holders.count.toLocaleString('en')}${holders.isExact ? '' : ' or more'} ${
            holders.count === 1 ? 'person has' : 'people have'
          } it from anywhere, superusers aside.`}
        </p>
      )}
      {change?.refusals.map((text) => (
        <p key={text} className="text-danger">
          {text}
        </p>
      ))}
      {change && change.refusals.length === 0 && (
        <div>
          <p className="font-semibold">{`${premise}:`}</p>
          {change.gains.count + change.losses.count === 0 && <p>Nobody gains or loses it.</p>}
          <People people={change.gains} sign="+" words={['gains it', 'gain it']} />
          <People people={change.losses} sign="−" words={['loses it', 'lose it']} />
        </div>
      )}
    </>
  );
}

type PeopleProps = { people: FactPeople; sign: '+' | '−'; words: [one: string, several: string] };

function People({ people: { count, names }, sign, words }: PeopleProps) {
  if (count === 0) return null;
  const rest = count - names.length;
  const others = `${rest.toLocaleString('en')} ${rest === 1 ? 'person' : 'people'}`;
  return (
    <p className={sign === '−' ? 'text-danger' : 'text-accent'}>
      <span aria-hidden="true">{`${sign} `}</span>
      {names.map(({ id, username, href }, i) => (
        <span key={id}>
          {i > 0 && ', '}
          <a href={href} target="_blank" rel="noreferrer" className="underline">
            <bdi>{username}</bdi>
          </a>
        </span>
      ))}
      {rest > 0 && (names.length > 0 ? ` and ${rest.toLocaleString('en')} more` : others)}
      {` ${count === 1 ? words[0] : words[1]}`}
    </p>
  );
}
