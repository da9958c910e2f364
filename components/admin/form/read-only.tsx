import { TextLink } from '@/components/text-link';
import type { Fact } from '@/lib/contrib/admin/options';

type Props = { label: string; texts: readonly string[]; link?: Fact['link'] | undefined };

/** A field that is only read; several values are a list. */
export function ReadOnly({ label, texts, link }: Props) {
  return (
    <div className="space-y-1">
      <p className="font-semibold">{label}</p>
      {texts.length === 0 && <p className="text-muted">None</p>}
      {texts.length === 1 && (
        <p dir="auto" className="whitespace-pre-wrap">
          {texts[0]}
        </p>
      )}
      {texts.length > 1 && (
        <ul className="space-y-0.5">
          {texts.map((text) => (
            <li key={text} dir="auto">
              {text}
            </li>
          ))}
        </ul>
      )}
      {link && (
        <p>
          <TextLink href={link.href} prefetch={false}>
            {link.label}
          </TextLink>
        </p>
      )}
    </div>
  );
}
