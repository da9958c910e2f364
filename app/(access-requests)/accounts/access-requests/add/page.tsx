import { askAction } from '@/app/(access-requests)/accounts/access-requests/actions';
import { loginRequired } from '@/app/(access-requests)/guards';
import { AskForm } from '@/components/access-requests/ask-form';
import { ButtonLink } from '@/components/button';
import { Page } from '@/components/page';
import { durations } from '@/lib/extras/access-requests/durations';
import { permissionsNamed } from '@/lib/extras/access-requests/permissions-named';
import { openRefused } from '@/lib/extras/access-requests/refused-seal';
import { queryText } from '@/lib/http/search-params';

export default loginRequired.page(async function RequestAccessPage({ request, searchParams }) {
  const { user } = request;
  const refused = queryText(searchParams, 'refused');
  const perms = await openRefused(refused, user.id);
  if (!perms) {
    return (
      <Page
        title="Nothing to ask for"
        user={user}
        lead="This address is too old, or it is not yours. Go back to the page that you may not open: it offers a new one."
      >
        <ButtonLink href="/accounts/access-requests/">See your requests</ButtonLink>
      </Page>
    );
  }
  const permissions = await permissionsNamed(perms);
  return (
    <Page
      title="Request access"
      user={user}
      lead="Whoever may grant it reads what you write. What is granted counts at your next click."
    >
      <AskForm
        action={askAction}
        refused={refused}
        permissions={permissions.map(({ perm, name }) => ({ perm, name }))}
        durations={durations().map(({ value, label }) => [value, label] as const)}
      />
    </Page>
  );
});
