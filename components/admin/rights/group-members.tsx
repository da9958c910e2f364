import { SubmitButton } from '@/components/forms/submit-button';
import { Name } from '@/components/name';
import { SendingForm } from '@/components/sending/sending-form';
import { TextLink } from '@/components/text-link';
import type { Member } from '@/lib/contrib/auth/admin/rights/group-members';
import { userAdminPath, userModelKey } from '@/lib/contrib/auth/users/user-path';
import { visibleText } from '@/lib/core/text';

type Props = {
  groupId: number;
  members: readonly Member[];
  mayChange: boolean;
  action: (form: FormData) => Promise<void>;
};

/** Who is in a group: one more by their name, and those who are there, each to be taken out. */
export function GroupMembers({ groupId, members, mayChange, action }: Props) {
  return (
    <div className="max-w-3xl space-y-8">
      {mayChange && (
        <SendingForm action={action} failed="Nothing is changed" aria-label="Add a member">
          <input type="hidden" name="_model" value={userModelKey()} />
          <input type="hidden" name="_group" value={groupId} />
          <input type="hidden" name="action" value="add_to_group" />
          <label htmlFor="id_username" className="font-semibold">
            Username
          </label>
          <div className="mt-1 flex flex-wrap gap-2">
            <input
              id="id_username"
              name="username"
              required
              autoComplete="off"
              autoCapitalize="none"
              spellCheck={false}
              className="min-h-10 w-64 max-w-full rounded-field border border-edge bg-surface px-3"
            />
            <SubmitButton>Add to the group</SubmitButton>
          </div>
        </SendingForm>
      )}
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
    </div>
  );
}
