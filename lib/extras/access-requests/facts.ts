import type { Fact } from '@/lib/contrib/admin/options';
import { timedWords } from '@/lib/contrib/auth/permissions/timed-grants';
import { grantsOf, grantWords } from './timed-grants';

/** What somebody has for a time, a line each on their page, with where it is ended. */
export async function grantFacts({ id }: { id: number }): Promise<Fact[]> {
  return (await grantsOf(id)).map((grant) => ({
    label: 'For a time',
    text: `${grantWords(grant)} ${timedWords(grant)}`,
    link: { label: 'End now', href: `/admin/access_requests/timedgrant/${grant.id}/end/` },
  }));
}
