import type OffboardPage from '@/app/(admin)/admin/[app]/[model]/[id]/offboard/page';
import type { PermissionName } from '@/lib/apps/installed';
import { answerOf } from '@/tests/support/plain-source';
import { makePerson } from './people';
import { ORIGIN } from './probe';

type Asked = {
  page: typeof OffboardPage;
  /** The last part of its address. */
  name: string;
  /** Of what it is asked. */
  of: { id: number | string; model?: string };
};

let made = 0;

/** What a page about somebody in the admin answers to a member of the staff with these permissions. */
export async function personPageStatus(
  { page, name, of: { id, model = 'user' } }: Asked,
  perms: readonly PermissionName[],
): Promise<number> {
  made += 1;
  const { cookie } = await makePerson(`clerk${made}`, { isStaff: true }, ...perms);
  const headers = { cookie, host: new URL(ORIGIN).host };
  const props = {
    params: Promise.resolve({ app: 'auth', model, id: String(id) }),
    searchParams: Promise.resolve({}),
  };
  const request = new Request(`${ORIGIN}/admin/auth/${model}/${id}/${name}/`, { headers });
  return (await answerOf(request, 'page', () => page(props))).status;
}
