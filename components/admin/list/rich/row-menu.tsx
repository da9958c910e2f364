import type { MouseEvent } from 'react';

type Props = {
  id: number | string;
  str: string;
  links: readonly { label: string; href: string }[];
  follow: (event: MouseEvent<HTMLAnchorElement>) => void;
};

/** What may be done with one row: a menu that opens without scripts, one at a time. */
export function RowMenu({ id, str, links, follow }: Props) {
  if (links.length === 0) return null;
  return (
    <details name="row-menu" className="row-menu">
      <summary aria-label={`More about ${str}`}>⋯</summary>
      <ul>
        {links.map(({ label, href }) => (
          <li key={label}>
            <a href={href.replace(':id', encodeURIComponent(id))} onClick={follow}>
              {label}
            </a>
          </li>
        ))}
      </ul>
    </details>
  );
}
