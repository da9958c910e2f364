import { redirect } from 'next/navigation';
import { adminOr404 } from '@/app/(admin)/admin/find-admin';
import { objectOr404 } from '@/app/(admin)/admin/find-object';
import { staffMemberRequired } from '@/app/(admin)/guards';

type Params = { app: string; model: string; id: string };

export default staffMemberRequired.page<Params>(async function ObjectPage({ request, params }) {
  const { id } = await objectOr404(request.user, adminOr404(params), params.id);
  redirect(`/admin/${params.app}/${params.model}/${id}/change/`);
});
