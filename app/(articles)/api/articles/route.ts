import { permissionRequired } from '@/app/(articles)/guards';
import { operate } from '@/lib/http/api/operate';
import { createOperation, listOperation } from '@/lib/site/articles/api/operations';
import { presentArticle, presentPage } from '@/lib/site/articles/api/present';
import { createArticle, listArticles } from '@/lib/site/articles/models';

export const GET = permissionRequired(listOperation.permission).handler(
  operate(listOperation, async ({ request, query }) => {
    const { status, author, p: page, per_page: perPage } = query;
    return presentPage(await listArticles(request.user, { status, page, perPage, author }), query);
  }),
);

export const POST = permissionRequired(createOperation.permission).handler(
  operate(createOperation, async ({ request, body }) =>
    presentArticle(await createArticle(request.user, body)),
  ),
);
