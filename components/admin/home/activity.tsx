import { DateTime } from '@/components/date-time';
import { Name } from '@/components/name';
import { TextLink } from '@/components/text-link';
import type { HomeAct, Sentence } from '@/lib/contrib/admin/home/home-parts';

/** What was done last, a sentence each. */
export function Activity({ acts }: { acts: readonly HomeAct[] }) {
  if (acts.length === 0) return <p className="text-muted">Nothing yet.</p>;
  return (
    <ol className="-my-2 divide-y divide-line">
      {numbered(acts).map(([key, { time, sentence, detail }]) => (
        <li key={key} className="flex flex-wrap items-baseline gap-x-4 py-2">
          <span className="min-w-0 flex-1 basis-80 wrap-anywhere">
            <SentenceText sentence={sentence} />
            {detail && <span className="block text-muted">{detail}</span>}
          </span>
          <span className="text-muted">
            <DateTime value={time} />
          </span>
        </li>
      ))}
    </ol>
  );
}

// Two of them may be told in the same words, and none ever moves.
function numbered<T>(items: readonly T[]): (readonly [key: string, item: T])[] {
  return items.map((item, i) => [`${i}`, item] as const);
}

function SentenceText({ sentence }: { sentence: Sentence }) {
  return numbered(sentence).map(([key, part]) => <SentencePart key={key} part={part} />);
}

function SentencePart({ part }: { part: Sentence[number] }) {
  if (typeof part === 'string') return part;
  if (!part.href) {
    return (
      <span className="font-semibold">
        <Name text={part.name} />
      </span>
    );
  }
  return (
    <TextLink href={part.href} prefetch={false}>
      <Name text={part.name} />
    </TextLink>
  );
}
