import { confirmCodeAction } from '@/app/(account)/accounts/login/code/confirm/actions';
import { loginNotRequired } from '@/app/(account)/guards';
import { DeadLink } from '@/components/account/dead-link';
import { ButtonLink } from '@/components/button';
import { ActionForm } from '@/components/forms/action-form';
import { SubmitButton } from '@/components/forms/submit-button';
import { NarrowPage } from '@/components/page';
import { isCodeOf } from '@/lib/extras/account/links/mailed-code';
import { LOGIN_CODE, loginCodeToken } from '@/lib/extras/account/login-code/login-code';
import { requireOpen } from '@/lib/extras/account/open';

type Params = { key: string };

export default loginNotRequired.page<Params>(async function LoginCodeLinkPage({ request, params }) {
  requireOpen('ACCOUNT_LOGIN_BY_CODE_ENABLED');
  const { user, session } = request;
  const code = loginCodeToken.read(params.key);
  if (code === null) {
    return (
      <DeadLink title="Sign in" user={user} why="It is too old or incomplete.">
        <ButtonLink href="/accounts/login/code/">Ask for another code</ButtonLink>
      </DeadLink>
    );
  }
  if (!isCodeOf(session, LOGIN_CODE, code)) {
    return (
      <NarrowPage
        title="Your code"
        user={user}
        lead="This is not the browser that asked for it, so nobody is signed in here. Type the code where you asked."
      >
        <meta name="referrer" content="same-origin" />
        <p className="font-mono text-title">{code}</p>
      </NarrowPage>
    );
  }
  return (
    <NarrowPage
      title="Sign in"
      user={user}
      lead="This is the browser that asked for the code. One press, and you are in."
    >
      <meta name="referrer" content="same-origin" />
      <ActionForm action={confirmCodeAction} failed="Not signed in" isWatched={false}>
        <input type="hidden" name="code" value={code} />
        <SubmitButton className="w-full">Sign in</SubmitButton>
      </ActionForm>
    </NarrowPage>
  );
});
