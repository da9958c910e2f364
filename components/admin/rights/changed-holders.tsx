import { Sign } from '@/components/admin/rights/people-line';
import { PermissionNames } from '@/components/admin/rights/permission-names';
import { Name } from '@/components/name';
import { TextLink } from '@/components/text-link';
import type { HolderChange, MovedGroup } from '@/lib/contrib/auth/rights/holder-change';
import { userAdminPath } from '@/lib/contrib/auth/users/user-path';

// Of many it is enough to read what becomes of people.
const MOST_SHOWN = 30;

/** What is given to groups and people, and what is taken from them, whether somebody feels it or not. */
export function ChangedHolders({ holders }: { holders: readonly HolderChange[] }) {
  const rest = holders.length - MOST_SHOWN;
  return (
    <ul className="space-y-4">
      {holders.slice(0, MOST_SHOWN).map((holder) => (
        <Holder key={`${holder.kind}${holder.id}`} holder={holder} />
      ))}
      {rest > 0 && <li className="text-muted">{`and ${rest.toLocaleString('en')} more`}</li>}
    </ul>
  );
}

function Holder({ holder }: { holder: HolderChange }) {
  const { kind, id, name, given, taken, joined = [], left = [] } = holder;
  const path = kind === 'user' ? userAdminPath(`${id}/change/`) : `/admin/auth/group/${id}/change/`;
  return (
    <li>
      <p>
        <TextLink href={path} prefetch={false} className="font-semibold">
          <Name text={name} />
        </TextLink>
      </p>
      <div className="mt-1 space-y-1">
        <Groups groups={joined} isLoss={false} />
        <Groups groups={left} isLoss />
        <PermissionNames permissions={given} before={<Signed isLoss={false} />} />
        <PermissionNames permissions={taken} before={<Signed isLoss />} />
      </div>
    </li>
  );
}

function Groups({ groups, isLoss }: { groups: readonly MovedGroup[]; isLoss: boolean }) {
  return groups.map(({ id, name }) => (
    <p key={id}>
      <Signed isLoss={isLoss} />
      {isLoss ? 'no longer in the group ' : 'in the group '}
      <Name text={name} className="font-semibold" />
    </p>
  ));
}

function Signed({ isLoss }: { isLoss: boolean }) {
  return (
    <>
      <Sign isLoss={isLoss} /> <span className="sr-only">{isLoss ? 'loses ' : 'is given '}</span>
    </>
  );
}
