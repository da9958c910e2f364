import { PermissionDenied } from '@/components/pages/permission-denied';
import { getRequest } from '@/lib/http/current';

/** Only for a host where a guard cannot set the status itself and leaves the answer to Next.js. */
export default async function ForbiddenPage() {
  const { user } = await getRequest();
  return <PermissionDenied user={user} explanations={[]} />;
}
