import { loginRequired } from '@/app/(hijack)/guards';
import { releaseAction } from '@/app/(hijack)/hijack/actions';
import { SubmitButton } from '@/components/forms/submit-button';
import { NarrowPage } from '@/components/page';
import { SendingForm } from '@/components/sending/sending-form';

export default loginRequired.page(async function ReleasePage({ request }) {
  const { user } = request;
  if (!user.impersonator) {
    return (
      <NarrowPage title="Stop acting" user={user}>
        <p>You are acting as nobody but yourself.</p>
      </NarrowPage>
    );
  }
  return (
    <NarrowPage title="Stop acting" user={user}>
      <SendingForm action={releaseAction} failed="You are still acting">
        <SubmitButton>Go on as {user.impersonator.getUsername()}</SubmitButton>
      </SendingForm>
    </NarrowPage>
  );
});
