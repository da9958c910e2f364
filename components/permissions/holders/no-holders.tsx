import { TextLink } from '@/components/text-link';
import type { HolderKind } from '@/lib/extras/why/holder-list';

type Props = { kind: HolderKind; search: string; superusers: number };

/** Says which emptiness it is. */
export function NoHolders({ kind, search, superusers }: Props) {
  if (search !== '') {
    return (
      <p className="text-muted">
        Nobody here is found by “<bdi>{search}</bdi>”.{' '}
        <TextLink href={`?kind=${kind}`} prefetch={false}>
          Show everybody
        </TextLink>
      </p>
    );
  }
  if (kind === 'superusers') return <p className="text-muted">There is no superuser.</p>;
  return (
    <p className="text-muted">
      It is granted to nobody, neither directly nor through a group.
      {superusers > 0 && ' Superusers hold it all the same.'}
    </p>
  );
}
