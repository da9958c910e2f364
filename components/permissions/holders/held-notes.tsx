import { TextLink } from '@/components/text-link';
import type { HolderNote } from '@/lib/contrib/auth/permissions/holder-notes';

/** What apps note of those who hold something, above the list of them. */
export function HeldNotes({ notes }: { notes: readonly HolderNote[] }) {
  return notes.map(({ text, link: { href, label } }) => (
    <p key={href} className="mb-4">
      <span className="text-muted">{text}</span>{' '}
      <TextLink href={href} prefetch={false}>
        {label}
      </TextLink>
    </p>
  ));
}
