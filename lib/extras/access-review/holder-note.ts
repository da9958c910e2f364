import type { Viewer } from '@/lib/apps/define-config';
import type { HeldThing, HolderNote } from '@/lib/contrib/auth/permissions/holder-notes';
import { momentFormat } from '@/lib/core/moments';
import { visibleText } from '@/lib/core/text';
import { mayReview } from './may-review';
import { confirmedAmong, lastReviews } from './reviews';
import { reviewPath } from './subject';

const day = momentFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric' });

/** Who confirmed these holders and when, and which of them were not there then. Two statements. */
export async function reviewNote(
  viewer: Viewer,
  held: HeldThing,
  userIds: readonly number[],
): Promise<HolderNote | null> {
  if (!(await mayReview(viewer))) return null;
  const link = { href: reviewPath(held), label: 'Access review' };
  const what = held.kind === 'group' ? 'who is in it' : 'who holds it';
  const [last] = await lastReviews(held, 1);
  if (!last) return { text: `Nobody has confirmed yet ${what}.`, link, marks: new Map() };
  const confirmed = await confirmedAmong(last, userIds);
  const added = userIds.filter((id) => !confirmed.has(id));
  const when = day(last.confirmed);
  return {
    text: `${visibleText(last.reviewer)} confirmed on ${when} ${what}.`,
    link,
    marks: new Map(added.map((id) => [id, `Added since ${when}`])),
  };
}
