import type { AskedForm } from '@/lib/contrib/admin/action/with-form';
import type { OfferedAction } from '@/lib/contrib/admin/actions';
import type { Deletion } from '@/lib/contrib/admin/deletion/deletion';
import type { Unconfirmed } from '@/lib/contrib/auth/rights/confirmation';
import type { FormState } from '@/lib/forms/forms';
import type { RowId } from '@/lib/forms/row-id';
import { pageAnswer } from '@/lib/http/page-answer';

/** What the list's action asks before it deletes. */
export const deletionAnswer = pageAnswer<{
  deletion: Deletion;
  ids: readonly RowId[];
  query: string;
  notice?: string;
  countError?: string;
  reason: string;
}>('admin.deletion');

/** What the list's action does to people, to be read before it is taken. */
export const reviewAnswer = pageAnswer<{
  action: Pick<OfferedAction, 'name' | 'label'>;
  ids: readonly RowId[];
  chosen: string;
  query: string;
  unread: Unconfirmed;
  reason: string;
  /** Whether a proof of who one is has to come with it. */
  isProofAsked: boolean;
  proofError: string | undefined;
}>('admin.review');

/**
 * What the list's action asks with an old sign-in, before it gives a right or deletes what guards
 * somebody: who one is.
 */
export const confirmationAnswer = pageAnswer<{
  action: Pick<OfferedAction, 'name' | 'label'>;
  ids: readonly RowId[];
  chosen: string;
  query: string;
  error: string | undefined;
}>('admin.confirmation');

/** What the list's action has to be told before it is taken: which of these. */
export const choiceAnswer = pageAnswer<{
  action: Pick<OfferedAction, 'name' | 'label'>;
  ids: readonly RowId[];
  query: string;
  label: string;
  choices: readonly (readonly [id: number, text: string])[];
}>('admin.choice');
/** What an action with a form of its own asks before it is taken. */
export const actionFormAnswer = pageAnswer<{
  action: Pick<OfferedAction, 'name' | 'label'>;
  asked: AskedForm;
  state: FormState;
  ids: readonly RowId[];
  query: string;
  isStale: boolean;
  error: string | undefined;
}>('admin.actionForm');
