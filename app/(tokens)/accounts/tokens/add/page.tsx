import { addTokenAction } from '@/app/(tokens)/accounts/tokens/actions';
import { tokenAnswer } from '@/app/(tokens)/accounts/tokens/add/answer';
import { AddTokenForm } from '@/app/(tokens)/accounts/tokens/add/form';
import { permissionRequired } from '@/app/(tokens)/guards';
import { Page } from '@/components/page';
import { NewToken } from '@/components/tokens/new-token';
import { settings } from '@/lib/conf/settings';
import { isSignInFresh, stepUpFields } from '@/lib/contrib/auth/confirmations/step-up';
import { dayFromNow } from '@/lib/extras/tokens/forms';
import { offeredPermissions } from '@/lib/extras/tokens/offered-permissions';

const OFFERED_DAYS = 30;

export default permissionRequired('tokens.add_token').page(async function AddTokenPage({
  request,
}) {
  const { user } = request;
  const made = tokenAnswer.take();
  if (made) {
    return (
      <Page title="Your new token" user={user}>
        <NewToken text={made.text} name={made.name} />
      </Page>
    );
  }
  const age = settings.TOKENS_MAX_AGE;
  return (
    <Page
      title="Make a token"
      user={user}
      lead="Give it what its program needs, and no more. It is shown once, when it is made."
    >
      <AddTokenForm
        action={addTokenAction}
        offered={await offeredPermissions(user)}
        expires={dayFromNow(OFFERED_DAYS)}
        lastDay={age === null ? null : dayFromNow(Math.floor(age / 86_400) - 1)}
        mayBeFull={settings.TOKENS_ALLOW_FULL}
        stepUp={{ fields: await stepUpFields(user), isOld: !isSignInFresh(request) }}
      />
    </Page>
  );
});
