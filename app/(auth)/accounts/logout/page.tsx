import { logoutAction } from '@/app/(auth)/accounts/logout/actions';
import { loginNotRequired } from '@/app/(auth)/guards';
import { ButtonLink } from '@/components/button';
import { SubmitButton } from '@/components/forms/submit-button';
import { NarrowPage } from '@/components/page';
import { SendingForm } from '@/components/sending/sending-form';
import { getSafeNext } from '@/lib/http/safe-url';

export default loginNotRequired.page(async function LogoutPage({ request, searchParams }) {
  const { user } = request;
  if (!user.isAuthenticated) {
    return (
      <NarrowPage
        title="Signed out"
        user={user}
        heading="You are signed out"
        lead="Nothing private is left in this browser's session."
      >
        <ButtonLink href="/accounts/login/" prefetch={false}>
          Sign in again
        </ButtonLink>
      </NarrowPage>
    );
  }
  return (
    <NarrowPage
      title="Sign out"
      user={user}
      heading="Sign out?"
      lead={
        <>
          You are signed in as <bdi className="font-semibold text-ink">{user.username}</bdi>.
          Signing out ends this session only.
        </>
      }
    >
      <SendingForm action={logoutAction} failed="Not signed out" isLast className="space-y-5">
        <input type="hidden" name="next" value={getSafeNext(request, searchParams) ?? ''} />
        <SubmitButton className="w-full">Sign out</SubmitButton>
      </SendingForm>
    </NarrowPage>
  );
});
