import type { ReviewedForm } from '@/components/admin/rights/review-form';
import { confirmations } from '@/lib/contrib/auth/confirmations/confirmation';
import { REVIEW_BUTTONS, REVIEW_FIELDS } from '@/lib/contrib/auth/rights/confirmation';
import type { FormState } from '@/lib/forms/forms';
import { pageAnswer } from '@/lib/http/page-answer';

/** What a form that moves rights is answered with: what is to be read first, or the form again. */
export type FormAnswer = ({ kind: 'review' } & ReviewedForm) | { kind: 'edit'; state: FormState };

export const formAnswer = pageAnswer<FormAnswer>('admin.form');

/** A form without what is said of its review, and without the proof of who sends it. */
export function carriedFields(form: FormData): [name: string, value: string][] {
  const own: string[] = [
    ...Object.values(REVIEW_FIELDS),
    ...Object.values(REVIEW_BUTTONS),
    ...confirmations().map(({ field }) => field.name),
  ];
  return [...form].flatMap(([name, value]) =>
    typeof value === 'string' && !name.startsWith('$') && !own.includes(name)
      ? [[name, value] as [string, string]]
      : [],
  );
}

/** Whether a form was sent from its review. */
export function comesFromReview(form: FormData): boolean {
  return form.has(REVIEW_FIELDS.digest);
}
