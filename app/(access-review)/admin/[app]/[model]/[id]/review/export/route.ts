import { subjectOr404 } from '@/app/(access-review)/admin/[app]/[model]/[id]/review/asked';
import { staffMemberRequired } from '@/app/(access-review)/guards';
import { logSecurityEvent } from '@/lib/contrib/auth/events/security-events';
import type { User } from '@/lib/contrib/auth/models';
import { logDetail } from '@/lib/extras/access-review/log-detail';
import { whoHoldsCsv } from '@/lib/extras/access-review/who-holds';
import { csvResponse } from '@/lib/extras/export/csv-response';
import type { HttpRequest } from '@/lib/http/request';

type Call = { params: { app: string; model: string; id: string } };

/** Who holds a permission, or is in a group, and through what, as a file. */
export const GET = staffMemberRequired.handler(
  async (request: HttpRequest<User>, { params: { app, model, id } }: Call) => {
    const { subject } = await subjectOr404(request.user, `${app}.${model}`, id);
    const lines = whoHoldsCsv(request.user, subject);
    const detail = logDetail(subject, 'exported');
    await logSecurityEvent(
      { name: 'authz_admin', actor: request.user, request, detail },
      'limited',
    );
    return csvResponse(`who-holds-${subject.kind}-${subject.id}`, lines);
  },
);
