import { loginNotRequired } from '@/app/(auth)/guards';
import { ConsoleMail } from '@/components/console-mail';
import { NarrowPage } from '@/components/page';
import { TextLink } from '@/components/text-link';
import { settings } from '@/lib/conf/settings';

export default loginNotRequired.page(async function PasswordResetDonePage({ request }) {
  return (
    <NarrowPage
      title="Password reset sent"
      heading="Check your mailbox"
      user={request.user}
      lead="If an account with a password has this address, a link is on its way to it. For everybody else this page looks the same."
    >
      <div className="space-y-4">
        <p>Nothing there after a few minutes?</p>
        <ul className="list-disc space-y-1 pl-5">
          <li>
            Look for mail from <bdi>{settings.DEFAULT_FROM_EMAIL}</bdi> in your spam folder.
          </li>
          <li>Your account may have another address: try that one.</li>
          <ConsoleMail as="li" />
        </ul>
        <p>
          <TextLink href="/accounts/password_reset/">Ask for another link</TextLink>
        </p>
      </div>
    </NarrowPage>
  );
});
