'use server';

import { redirect } from 'next/navigation';
import { subjectOr404 } from '@/app/(access-review)/admin/[app]/[model]/[id]/review/asked';
import { staffMemberRequired } from '@/app/(access-review)/guards';
import type { User } from '@/lib/contrib/auth/models';
import { success } from '@/lib/contrib/messages/api';
import { PermissionDenied } from '@/lib/core/exceptions';
import { confirmHolders } from '@/lib/extras/access-review/confirm';
import { ConfirmForm } from '@/lib/extras/access-review/forms';
import { reviewPath } from '@/lib/extras/access-review/subject';
import { parseForm, saveForm } from '@/lib/forms/forms';
import type { HttpRequest } from '@/lib/http/request';

export const confirmHoldersAction = staffMemberRequired.action(
  async (request: HttpRequest<User>, form: FormData) => {
    const { user } = request;
    const { subject } = await subjectOr404(user, form.get('_model'), form.get('_id'));
    const needed = 'access_review.add_accessreview';
    if (!(await user.hasPerm(needed))) throw new PermissionDenied('', [needed]);
    const parsed = parseForm(ConfirmForm, form);
    if (!parsed.ok) return parsed.state;
    const saved = await saveForm(form, () => confirmHolders(request, subject, parsed.data));
    if (!saved.ok) return saved.state;
    const people = saved.data === 1 ? '1 person' : `${saved.data.toLocaleString('en')} people`;
    success(request, `Confirmed: ${people}, ${subject.name}.`);
    redirect(reviewPath(subject));
  },
);
