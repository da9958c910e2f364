import { staffMemberRequired } from '@/app/(matrix)/guards';
import type { User } from '@/lib/contrib/auth/models';
import { Http404 } from '@/lib/core/exceptions';
import { loadCellFacts } from '@/lib/extras/matrix/cell-facts';
import { parseMatrixChanges } from '@/lib/extras/matrix/matrix-changes';
import type { HttpRequest } from '@/lib/http/request';

/** Who has the permission of one cell, and what changing it would do: `?change=g12-45`. */
export const GET = staffMemberRequired.handler(
  async (request: HttpRequest<User>, call: { request: Request }) => {
    const text = new URL(call.request.url).searchParams.get('change') ?? '';
    const [change, ...more] = parseMatrixChanges(text) ?? [];
    if (!change || more.length > 0) throw new Http404();
    const facts = await loadCellFacts(request.user, change);
    return Response.json(facts, { headers: { 'cache-control': 'no-store' } });
  },
);
