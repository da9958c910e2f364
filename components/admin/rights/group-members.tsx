import { MemberSearch } from '@/components/admin/rights/member-search';
import { SubmitButton } from '@/components/forms/submit-button';
import { Name } from '@/components/name';
import { SendingForm } from '@/components/sending/sending-form';
import { TextLink } from '@/components/text-link';
import type { Candidate, Member } from '@/lib/contrib/auth/admin/rights/group-members';
import { type HolderNote, markOf } from '@/lib/contrib/auth/permissions/holder-notes';
import { userAdminPath, userModelKey } from '@/lib/contrib/auth/users/user-path';
import { visibleText } from '@/lib/core/text';

type Props = {
  groupId: number;
  members: readonly Member[];
  notes: readonly HolderNote[];
  mayChange: boolean;
  search: string;
  /** Whom the search found; null where nobody was searched for. */
  found: readonly Candidate[] | null;
  action: (form: FormData) => Promise<void>;
};

/** Who is in a group: whoever is searched for, to be put in, and those who are there, to be taken out. */
export function GroupMembers(props: Props) {
  const { groupId, members, notes, mayChange, search, found, action } = props;
  return (
    <div className="max-w-3xl space-y-8">
      {mayChange && <AddMember {...{ groupId, search, found, action }} />}
      <section aria-labelledby="members" className="space-y-3">
        <h2 id="members" className="font-semibold">
          In the group
        </h2>
        {members.length === 0 ? (
          <p className="text-muted">Nobody is in this group.</p>
        ) : (
          <ul className="divide-y divide-line border-y border-line">
            {members.map((member) => (
              <li key={member.id} className="flex min-h-11 flex-wrap items-center gap-x-4 py-1">
                <TextLink
                  href={userAdminPath(`${member.id}/change/`)}
                  prefetch={false}
                  className={`min-w-0 grow ${member.isActive ? 'font-semibold' : 'text-muted!'}`}
                >
                  <Name text={member.username} />
                </TextLink>
                {!member.isActive && <span className="text-muted">Inactive</span>}
                <Mark text={markOf(notes, member.id)} />
                {member.isSuperuser && <span className="text-muted">Superuser</span>}
                {mayChange && (
                  <SendingForm action={action} failed="Nothing is changed" notice="floating">
                    <input type="hidden" name="_model" value={userModelKey()} />
                    <input type="hidden" name="_group" value={groupId} />
                    <input type="hidden" name="_selected_action" value={member.id} />
                    <SubmitButton
                      name="action"
                      value="remove_from_group"
                      variant="quiet"
                      className="min-h-8!"
                    >
                      Remove
                      <span className="sr-only">{` ${visibleText(member.username)}`}</span>
                    </SubmitButton>
                  </SendingForm>
                )}
              </li>
            ))}
          </ul>
        )}
      </section>
    </div>
  );
}

function Mark({ text }: { text: string }) {
  return text === '' ? null : <span className="text-muted">{text}</span>;
}

type AddProps = Pick<Props, 'groupId' | 'search' | 'found' | 'action'>;

function AddMember({ groupId, search, found, action }: AddProps) {
  return (
    <section aria-labelledby="add_member" className="space-y-3">
      <h2 id="add_member" className="font-semibold">
        Add a member
      </h2>
      <MemberSearch value={search} />
      {found?.length === 0 && <p className="text-muted">Nobody is found by this.</p>}
      {found && found.length > 0 && (
        <ul className="divide-y divide-line border-y border-line">
          {found.map(({ id, username, isActive, isMember }) => (
            <li key={id} className="flex min-h-11 flex-wrap items-center gap-x-4 py-1">
              <span className={`min-w-0 grow ${isActive ? 'font-semibold' : 'text-muted'}`}>
                <Name text={username} />
              </span>
              {!isActive && <span className="text-muted">Inactive</span>}
              {isMember ? (
                <span className="text-muted">In the group</span>
              ) : (
                <SendingForm action={action} failed="Nothing is changed" notice="floating">
                  <input type="hidden" name="_model" value={userModelKey()} />
                  <input type="hidden" name="_group" value={groupId} />
                  <input type="hidden" name="_selected_action" value={id} />
                  <SubmitButton
                    name="action"
                    value="add_to_group"
                    variant="secondary"
                    className="min-h-8!"
                  >
                    Add<span className="sr-only">{` ${visibleText(username)}`}</span>
                  </SubmitButton>
                </SendingForm>
              )}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
