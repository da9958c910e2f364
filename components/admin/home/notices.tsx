import { TextLink } from '@/components/text-link';

type Line = { text: string; href: string };

/** Sentences that lead where something can be done about them. */
export function LinkLines({ lines }: { lines: readonly Line[] }) {
  return (
    <ul className="-my-2 divide-y divide-line">
      {lines.map(({ text, href }) => (
        <li key={href + text} className="py-2">
          <TextLink href={href} prefetch={false}>
            {text}
          </TextLink>
        </li>
      ))}
    </ul>
  );
}
