import { ConfirmFirst } from '@/app/(account)/accounts/confirm-identity/confirm-first';
import { emailAction } from '@/app/(account)/accounts/email/actions';
import { AddressList } from '@/app/(account)/accounts/email/address-list';
import { loginRequired } from '@/app/(account)/guards';
import { EmailField } from '@/components/account/email-field';
import { ActionForm } from '@/components/forms/action-form';
import { SubmitButton } from '@/components/forms/submit-button';
import { Page } from '@/components/page';
import { Section } from '@/components/section';
import { isSignInFresh } from '@/lib/contrib/auth/confirmations/step-up';
import { addressesOf, MAX_ADDRESSES } from '@/lib/extras/account/emails/addresses';
import { changedLately } from '@/lib/extras/account/emails/recent-change';

const TITLE = 'Email addresses';

const UNDONE =
  'When you add an address or another one becomes it, the one that it was until then is told, and can undo that for seven days.';
const TOLD_ONLY =
  'Another one became it within the last seven days: what you change now is told to it, and only the address that it was before can undo that.';

export default loginRequired.page(async function EmailPage({ request }) {
  const { user } = request;
  if (!isSignInFresh(request)) {
    return <ConfirmFirst title={TITLE} user={user} page="/accounts/email/" />;
  }
  const addresses = await addressesOf(user);
  return (
    <Page
      title={TITLE}
      user={user}
      lead={`Mail about your account goes to the primary one. ${(await changedLately(user.id)) ? TOLD_ONLY : UNDONE}`}
    >
      <div className="space-y-10">
        <Section title="Yours">
          <AddressList addresses={addresses} action={emailAction} />
        </Section>
        <Section
          title="Another one"
          lead="It becomes the primary one once you have confirmed it by the link that is mailed to it."
        >
          {addresses.length < MAX_ADDRESSES ? (
            <ActionForm action={emailAction} failed="Nothing is added" className="max-w-96">
              <EmailField label="New email address" />
              <SubmitButton name="action_add" value="add">
                Add it
              </SubmitButton>
            </ActionForm>
          ) : (
            <p className="text-muted">You have {MAX_ADDRESSES}: remove one of them first.</p>
          )}
        </Section>
      </div>
    </Page>
  );
});
