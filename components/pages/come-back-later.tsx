import { ButtonLink } from '@/components/button';
import { documentTitle } from '@/components/pages/document-title';
import { describeWait } from '@/lib/core/wait';

const WORDS = {
  429: {
    title: 'Too many requests',
    heading: 'That was too often',
    why: 'This has been asked for more often than is allowed in so short a time.',
  },
  503: {
    title: 'Busy',
    heading: 'There is too much to do right now',
    why: 'The server is busy with what others asked before you. Nothing was changed.',
  },
} as const;

type Props = { status: 429 | 503; retryAfter: number; heading?: string; message?: string };

/** The page of a 429 and of a 503: why it did not happen, and when to come back. */
export function ComeBackLater({ status, retryAfter, heading, message }: Props) {
  const words = WORDS[status];
  return (
    <>
      <title>{documentTitle(heading ?? words.title)}</title>
      <h1 className="text-title">{heading ?? words.heading}</h1>
      <div className="mt-2 max-w-2xl space-y-3 text-muted">
        <p>{message || words.why}</p>
        <p>
          Come back <strong className="text-ink">{describeWait(retryAfter)}</strong>. Trying sooner
          does not help.
        </p>
      </div>
      <div className="mt-8">
        <ButtonLink href="/">Go to the start page</ButtonLink>
      </div>
    </>
  );
}
