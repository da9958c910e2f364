import { Name } from '@/components/name';
import { Glyph } from '@/components/permissions/glyph';
import { glyphOf, sourceWords } from '@/components/permissions/source-words';
import { TextLink } from '@/components/text-link';
import { describe } from '@/lib/contrib/auth/permissions/decisions';
import { type HolderNote, markOf } from '@/lib/contrib/auth/permissions/holder-notes';
import { noteOf } from '@/lib/contrib/auth/permissions/membership-notes';
import type { Source } from '@/lib/contrib/auth/permissions/sources';
import { userAdminPath } from '@/lib/contrib/auth/users/user-path';
import type { Holder } from '@/lib/extras/why/holder-list';

const cell = 'h-9 border-b border-line px-3 py-1.5 text-left align-top font-normal';
const head = `${cell} sticky top-0 bg-sunken font-semibold`;

type Props = { holders: readonly Holder[]; perm: string; held: readonly HolderNote[] };

/** People who hold a permission, or would if it counted; the name leads to their reasons. */
export function HolderList({ holders, perm, held }: Props) {
  return (
    <section
      aria-label="Holders"
      className="overflow-x-auto rounded-panel border border-line bg-surface"
    >
      <table className="w-full border-separate border-spacing-0">
        <thead>
          <tr>
            <th scope="col" className={head}>
              Username
            </th>
            <th scope="col" className={`${head} hidden sm:table-cell`}>
              Name
            </th>
            <th scope="col" className={head}>
              Comes from
            </th>
          </tr>
        </thead>
        <tbody>
          {holders.map((holder) => (
            <HolderRow
              key={holder.user.id}
              holder={holder}
              perm={perm}
              mark={markOf(held, holder.user.id)}
            />
          ))}
        </tbody>
      </table>
    </section>
  );
}

function HolderRow({ holder, perm, mark }: { holder: Holder; perm: string; mark: string }) {
  const { user, decision, sources, notes } = holder;
  const cameBy = (source: Source) =>
    source.kind === 'group' ? noteOf(notes, user, source.id) : '';
  const href = userAdminPath(`${user.id}/permissions/?perm=${encodeURIComponent(perm)}`);
  return (
    <tr className="hover:bg-sunken">
      <th scope="row" className={`${cell} max-w-64`}>
        <span className="flex gap-2.5">
          <span className="flex h-5 items-center">
            <Glyph state={decision.allowed ? glyphOf(sources) : 'void'} />
          </span>
          <TextLink href={href} prefetch={false} className="min-w-0 break-words">
            <Name text={user.username} />
          </TextLink>
          {mark !== '' && <span className="text-muted">{mark}</span>}
        </span>
      </th>
      <td className={`${cell} hidden max-w-64 sm:table-cell`}>
        <Name text={user.getFullName()} />
      </td>
      <td className={cell}>
        {sources.map((source, index) => (
          <span key={JSON.stringify(source)}>
            {index > 0 && ', '}
            <Name text={sourceWords(source)} />
            {cameBy(source) !== '' && <span className="text-muted"> ({cameBy(source)})</span>}
          </span>
        ))}
        {!decision.allowed && (
          <span className="block text-muted">
            {user.isActive ? describe(decision) : 'Void: the account is inactive.'}
          </span>
        )}
      </td>
    </tr>
  );
}
