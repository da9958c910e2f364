import { confirmIdentityAction } from '@/app/(account)/accounts/confirm-identity/actions';
import type { StepUpPage } from '@/app/(account)/step-up';
import { ButtonLink } from '@/components/button';
import { ActionForm } from '@/components/forms/action-form';
import { PasswordField } from '@/components/forms/password-field';
import { SubmitButton } from '@/components/forms/submit-button';
import { TextField } from '@/components/forms/text-field';
import { NarrowPage } from '@/components/page';
import { settings } from '@/lib/conf/settings';
import { confirmationsOf } from '@/lib/contrib/auth/confirmations/confirmation';
import type { User } from '@/lib/contrib/auth/models';

type Props = { title: string; user: User; page: StepUpPage };

/** In the place of a page for whoever signed in a while ago: first they show once more who they are. */
export async function ConfirmFirst({ title, user, page }: Props) {
  const kinds = await confirmationsOf(user);
  if (kinds.length === 0) {
    const login = `${settings.LOGIN_URL}?next=${page}`;
    return (
      <NarrowPage
        title={title}
        heading="Sign in again first"
        user={user}
        lead="You signed in a while ago, and your account has nothing by which it could ask you here."
      >
        <ButtonLink href={login} variant="primary" prefetch={false}>
          Sign in again
        </ButtonLink>
      </NarrowPage>
    );
  }
  return (
    <NarrowPage
      title={title}
      heading="Show that it is you"
      user={user}
      lead="You signed in a while ago. What is behind this page can cost you your account, so it asks once more."
    >
      <ActionForm action={confirmIdentityAction} failed="Not confirmed" isWatched={false}>
        <input type="hidden" name="next" value={page} />
        {kinds.map(({ field: { name, label, kind } }, i) => {
          const hint = i > 0 ? 'Or this instead.' : undefined;
          return kind === 'password' ? (
            <PasswordField
              key={name}
              name={name}
              label={label}
              hint={hint}
              autoComplete="current-password"
            />
          ) : (
            <TextField
              key={name}
              name={name}
              label={label}
              hint={hint}
              autoComplete="one-time-code"
              spellCheck={false}
            />
          );
        })}
        <SubmitButton className="w-full">Go on</SubmitButton>
      </ActionForm>
    </NarrowPage>
  );
}
