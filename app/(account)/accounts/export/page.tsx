import { ConfirmFirst } from '@/app/(account)/accounts/confirm-identity/confirm-first';
import { loginRequired } from '@/app/(account)/guards';
import { DownloadForm } from '@/components/forms/download-form';
import { SubmitButton } from '@/components/forms/submit-button';
import { NarrowPage } from '@/components/page';
import { isSignInFresh } from '@/lib/contrib/auth/confirmations/step-up';

const TITLE = 'Export your data';

export default loginRequired.page(async function ExportPage({ request }) {
  const { user } = request;
  if (!isSignInFresh(request)) {
    return <ConfirmFirst title={TITLE} user={user} page="/accounts/export/" />;
  }
  return (
    <NarrowPage
      title={TITLE}
      user={user}
      lead="All that this site keeps of you, in one file that people and programs can read. It has no password in it, and nothing of anybody else's."
    >
      <DownloadForm address="/accounts/export/download/">
        <SubmitButton className="w-full">Download the file</SubmitButton>
      </DownloadForm>
    </NarrowPage>
  );
});
