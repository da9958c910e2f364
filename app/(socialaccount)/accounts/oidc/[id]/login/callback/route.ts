import { loginNotRequired } from '@/app/(socialaccount)/guards';
import { providerOr404 } from '@/lib/extras/socialaccount/providers/configured';
import { finishAt } from '@/lib/extras/socialaccount/transaction/finish';
import {
  keepPosted,
  postedAnswer,
  takePosted,
} from '@/lib/extras/socialaccount/transaction/posted-answer';
import { formOf } from '@/lib/http/form-of';
import { redirectResponse } from '@/lib/http/redirect';

type Params = { id: string };

export const GET = loginNotRequired.handler<Params>(async (request, call) => {
  const provider = providerOr404(call.params.id);
  const name = await takePosted(request);
  return redirectResponse(
    await finishAt(request, provider, new URL(call.request.url).search, name),
  );
});

/** An answer by `form_post`, which carries no cookie of ours: it comes again by our own redirect. */
export const POST = loginNotRequired.handler<Params>(async (request, call) => {
  const provider = providerOr404(call.params.id);
  const answer = postedAnswer(await formOf(call.request));
  if (answer.name) await keepPosted(request, answer.name);
  const location = `/accounts/oidc/${provider.id}/login/callback/?${answer.query}`;
  return new Response(null, { status: 303, headers: { location, 'cache-control': 'no-store' } });
});
