import { permissionRequired } from '@/app/(articles)/guards';
import { operate } from '@/lib/http/api/operate';
import { publishOperation, unpublishOperation } from '@/lib/site/articles/api/operations';
import { presentArticle } from '@/lib/site/articles/api/present';
import { publishArticle } from '@/lib/site/articles/models';

export const POST = permissionRequired(publishOperation.permission).handler(
  operate(publishOperation, async ({ request, params }) =>
    presentArticle(await publishArticle(request.user, params.id, true)),
  ),
);

export const DELETE = permissionRequired(unpublishOperation.permission).handler(
  operate(unpublishOperation, async ({ request, params }) =>
    presentArticle(await publishArticle(request.user, params.id, false)),
  ),
);
