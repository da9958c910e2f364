import { adminOr404 } from '@/app/(admin)/admin/find-admin';
import { staffMemberRequired } from '@/app/(export)/guards';
import { IncorrectLookup } from '@/lib/contrib/admin/lookups/incorrect-lookup';
import { hasViewPermission, permissionDenied } from '@/lib/contrib/admin/model-permissions';
import { logSecurityEvent } from '@/lib/contrib/auth/events/security-events';
import type { User } from '@/lib/contrib/auth/models';
import { SuspiciousOperation } from '@/lib/core/exceptions';
import { csvResponse } from '@/lib/extras/export/csv-response';
import { exportCsv } from '@/lib/extras/export/export';
import type { HttpRequest } from '@/lib/http/request';

type Call = { request: Request; params: { app: string; model: string } };

/** What the list shows with the same query, all pages of it, as a file. */
export const GET = staffMemberRequired.handler(
  async (request: HttpRequest<User>, { request: { url }, params }: Call) => {
    const admin = adminOr404(params);
    if (!(await hasViewPermission(request.user, admin))) throw permissionDenied(admin, 'view');
    const query = new URL(url).searchParams;
    const lines = await exportCsv(admin, request.user, query).catch((error: unknown) => {
      if (error instanceof IncorrectLookup) throw new SuspiciousOperation('No such list.');
      throw error;
    });
    const detail = { export: admin.meta.key, query: query.toString().slice(0, 500) };
    await logSecurityEvent(
      { name: 'authz_admin', actor: request.user, request, detail },
      'limited',
    );
    return csvResponse(admin.meta.modelName, lines);
  },
);
