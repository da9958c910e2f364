import {
  endOtherSessionsAction,
  endSessionAction,
} from '@/app/(devices)/accounts/sessions/actions';
import { loginRequired } from '@/app/(devices)/guards';
import { SubmitButton } from '@/components/forms/submit-button';
import { Page } from '@/components/page';
import { SendingForm } from '@/components/sending/sending-form';
import { SessionList } from '@/components/sessions/session-list';
import { listSessions } from '@/lib/extras/devices/devices';

export default loginRequired.page(async function SessionsPage({ request }) {
  const { user, session } = request;
  const authHashes = [user.getSessionAuthHash(), ...user.getSessionAuthFallbackHashes()];
  const { devices, count } = await listSessions({ userId: user.id, authHashes }, session.id);
  return (
    <Page
      title="Sessions"
      heading="Where you are signed in"
      user={user}
      lead="Every browser that signed in as you, this one first. What you end here is over at its next click."
      actions={
        count > 1 && (
          <SendingForm action={endOtherSessionsAction} failed="Nothing is ended" notice="floating">
            <SubmitButton variant="secondary">End all other sessions</SubmitButton>
          </SendingForm>
        )
      }
    >
      <SessionList devices={devices} end={endSessionAction} />
      <p className="mt-4 text-sm text-muted">
        {count === 1 && 'You are signed in nowhere else.'}
        {count > devices.length && `And ${count - devices.length} more, seen longer ago.`}
      </p>
    </Page>
  );
});
