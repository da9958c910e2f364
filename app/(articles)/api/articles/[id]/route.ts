import { loginRequired, permissionRequired } from '@/app/(articles)/guards';
import { operate } from '@/lib/http/api/operate';
import {
  changeOperation,
  deleteOperation,
  readOperation,
} from '@/lib/site/articles/api/operations';
import { presentArticle } from '@/lib/site/articles/api/present';
import {
  changeArticle,
  deleteArticle,
  getArticleOr404,
  getChangeableArticle,
} from '@/lib/site/articles/models';

export const GET = permissionRequired(readOperation.permission).handler(
  operate(readOperation, async ({ request, params }) =>
    presentArticle(await getArticleOr404(request.user, params.id)),
  ),
);

export const PATCH = loginRequired.handler(
  operate(changeOperation, async ({ request, params, body }) => {
    const { title, body: text } = await getChangeableArticle(request.user, params.id);
    const draft = { title: body.title ?? title, body: body.body ?? text };
    return presentArticle(await changeArticle(request.user, params.id, draft));
  }),
);

export const DELETE = permissionRequired(deleteOperation.permission).handler(
  operate(deleteOperation, async ({ request, params }) => {
    await deleteArticle(request.user, params.id);
    return null;
  }),
);
