import { adminOr404 } from '@/app/(admin)/admin/find-admin';
import { staffMemberRequired } from '@/app/(admin)/guards';
import type { ActionFile } from '@/lib/contrib/admin/action/file-action';
import { takeFileAction } from '@/lib/contrib/admin/actions';
import { listHref, withoutError } from '@/lib/contrib/admin/list/list-address';
import { tickedIds } from '@/lib/contrib/admin/list/list-post';
import { hasViewPermission, permissionDenied } from '@/lib/contrib/admin/model-permissions';
import { logSecurityEvent } from '@/lib/contrib/auth/events/security-events';
import type { User } from '@/lib/contrib/auth/models';
import { warning } from '@/lib/contrib/messages/api';
import { formOf } from '@/lib/http/form-of';
import { redirectResponse } from '@/lib/http/redirect';
import type { HttpRequest } from '@/lib/http/request';

type Call = { request: Request; params: { app: string; model: string } };

/** A file of the rows that are ticked in a list, whose form it is sent. Django: response_action */
export const POST = staffMemberRequired.handler(
  async (request: HttpRequest<User>, { request: sent, params }: Call) => {
    const admin = adminOr404(params);
    if (!(await hasViewPermission(request.user, admin))) throw permissionDenied(admin, 'view');
    const form = await formOf(sent);
    const query = withoutError(new URLSearchParams(String(form.get('_query') ?? '')));
    const back = (text: string) => {
      warning(request, text);
      return redirectResponse(listHref(admin.meta, query));
    };
    const action = admin.options.fileActions?.find(({ name }) => name === form.get('action'));
    if (!action) return back('No action selected.');
    const ids = await tickedIds(admin, request, form);
    if (typeof ids === 'string') return back(ids);
    const { file, note } = await takeFileAction(admin, action, { request, ids });
    if (!file) return back(note);
    warning(request, note);
    const detail = { export: admin.meta.key, action: action.name, rows: ids.length };
    await logSecurityEvent(
      { name: 'authz_admin', actor: request.user, request, detail },
      'limited',
    );
    return fileResponse(file);
  },
);

function fileResponse({ name, contentType, content }: ActionFile): Response {
  const body =
    typeof content === 'string' || content instanceof Uint8Array ? content : streamOf(content);
  return new Response(body, {
    headers: {
      'content-type': contentType,
      'content-disposition': `attachment; filename="${name.replaceAll(/[^\w.-]/g, '')}"`,
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
    },
  });
}

function streamOf(parts: AsyncIterable<string>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  const iterator = parts[Symbol.asyncIterator]();
  return new ReadableStream({
    async pull(controller) {
      const { value, done } = await iterator.next();
      if (done) controller.close();
      else controller.enqueue(encoder.encode(value));
    },
    async cancel() {
      await iterator.return?.();
    },
  });
}
