import type { ReactNode } from 'react';
import type { RichCell } from '@/lib/contrib/admin/list/shown/rich-cells';

type Props<C = RichCell> = {
  cell: C;
  /** Draws what leads to the row; null in a column that does not. */
  link: ((content: ReactNode) => ReactNode) | null;
};

/** A cell that is more than a text. */
export function RichContent({ cell, link }: Props) {
  switch (cell.cell) {
    case 'person':
      return (
        <span className="person">
          <span aria-hidden="true" className="initials">
            {initialsOf(cell.name)}
          </span>
          <span className="names">
            <PersonName cell={cell} link={link} />
            {cell.detail !== '' && <bdi className="detail">{cell.detail}</bdi>}
          </span>
        </span>
      );
    case 'chips':
      return (
        <span className="chips">
          {cell.chips.map(({ text, href, tone }) =>
            href === undefined ? (
              <span key={text} className="pill" data-tone={tone}>
                {text}
              </span>
            ) : (
              <a key={href} href={href} className="chip">
                <bdi>{text}</bdi>
              </a>
            ),
          )}
          {cell.more > 0 && <span className="detail">{`+${cell.more}`}</span>}
        </span>
      );
    case 'pill':
      return (
        <span className="pill" data-tone={cell.tone}>
          {cell.text}
        </span>
      );
    case 'sentence':
      return <Sentence cell={cell} link={link} />;
  }
}

function PersonName({ cell: { name, href }, link }: Props<RichCell & { cell: 'person' }>) {
  const text = <bdi>{name}</bdi>;
  if (href !== undefined) return <a href={href}>{text}</a>;
  return link ? link(text) : text;
}

function Sentence({ cell: { parts, tone, raw }, link }: Props<RichCell & { cell: 'sentence' }>) {
  return (
    <span className="sentence" data-tone={tone}>
      <span>
        {parts.map(({ text, href }, i) => {
          const key = `${i} ${text}`;
          if (href === undefined) return <bdi key={key}>{text}</bdi>;
          return (
            <a key={key} href={href}>
              <bdi>{text}</bdi>
            </a>
          );
        })}
      </span>
      {raw !== undefined && (
        <details className="raw">
          <summary>Details</summary>
          <code>{raw}</code>
          {link?.('The whole entry')}
        </details>
      )}
    </span>
  );
}

// Letters alone, in capitals, by code points: a name may begin with what is two units.
function initialsOf(name: string): string {
  const words = name.split(/\s+/).filter((word) => /^\p{L}/u.test(word));
  const [first = '', ...rest] = words;
  return [first, rest.at(-1) ?? '']
    .map((word) => [...word][0] ?? '')
    .join('')
    .toLocaleUpperCase('en');
}
