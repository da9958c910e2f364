import { confirmIdentityAction } from '@/app/(account)/accounts/confirm-identity/actions';
import type { StepUpPage } from '@/app/(account)/step-up';
import { StepUpIfOld } from '@/components/admin/step-up';
import { ButtonLink } from '@/components/button';
import { ActionForm } from '@/components/forms/action-form';
import { SubmitButton } from '@/components/forms/submit-button';
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
      lead="What is behind this page can cost you your account, so it asks once more."
    >
      <ActionForm action={confirmIdentityAction} failed="Not confirmed" isWatched={false}>
        <input type="hidden" name="next" value={page} />
        <StepUpIfOld fields={kinds.map(({ field }) => field)} isOld purpose="to open this page" />
        <SubmitButton className="w-full">Go on</SubmitButton>
      </ActionForm>
    </NarrowPage>
  );
}
