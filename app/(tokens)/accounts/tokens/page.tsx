import { endTokenAction } from '@/app/(tokens)/accounts/tokens/actions';
import { permissionRequired } from '@/app/(tokens)/guards';
import { ButtonLink } from '@/components/button';
import { Page } from '@/components/page';
import { TokenList } from '@/components/tokens/token-list';
import { listTokens } from '@/lib/extras/tokens/models';

export default permissionRequired('tokens.add_token').page(async function TokensPage({ request }) {
  const tokens = await listTokens(request.user.id);
  return (
    <Page
      title="Access tokens"
      user={request.user}
      lead="A program shows a token in the place of signing in. It may do what the token carries, as long as you may do it yourself."
      actions={
        <ButtonLink href="/accounts/tokens/add/" variant="primary">
          Make a token
        </ButtonLink>
      }
    >
      {tokens.length === 0 ? (
        <p className="text-muted">You have no token.</p>
      ) : (
        <TokenList tokens={tokens} end={endTokenAction} />
      )}
    </Page>
  );
});
