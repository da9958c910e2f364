import { Button } from '@/components/button';
import { controlLook } from '@/components/forms/field';
import { Name } from '@/components/name';
import { TextLink } from '@/components/text-link';
import { visibleText } from '@/lib/core/text';
import type { WhyPage } from '@/lib/extras/why/why-page';

type Props = Pick<WhyPage, 'groups' | 'otherGroups'> & { error?: string };

/** The groups somebody is in, and the question what would change with one less or one more. */
export function UserGroups({ groups, otherGroups, error }: Props) {
  return (
    <div className="space-y-4">
      {groups.length === 0 && <p className="text-muted">In no group.</p>}
      <ul className="space-y-1.5">
        {groups.map(({ id, name }) => (
          <li key={id} className="flex flex-wrap gap-x-4">
            <span className="min-w-40">
              <Name text={name} />
            </span>
            <TextLink href={`?without=${id}`} prefetch={false}>
              What would be lost without it?
              <span className="sr-only"> {name}</span>
            </TextLink>
          </li>
        ))}
      </ul>
      {error && (
        <p role="alert" className="text-danger">
          {error}
        </p>
      )}
      {otherGroups === null && (
        <p className="text-muted">
          Other groups are not listed: you may not view groups (<code>auth.view_group</code>).
        </p>
      )}
      {otherGroups && otherGroups.length > 0 && <OtherGroups groups={otherGroups} />}
    </div>
  );
}

function OtherGroups({ groups }: { groups: WhyPage['groups'] }) {
  return (
    <form method="get" className="flex flex-wrap items-end gap-2">
      <div className="w-64 max-w-full space-y-1.5">
        <label htmlFor="id_with" className="block font-semibold">
          In another group as well
        </label>
        <select id="id_with" name="with" className={`${controlLook} h-10 text-sm`}>
          {groups.map(({ id, name }) => (
            <option key={id} value={id}>
              {visibleText(name)}
            </option>
          ))}
        </select>
      </div>
      <Button>What would change?</Button>
    </form>
  );
}
