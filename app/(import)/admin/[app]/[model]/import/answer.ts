import type { ReviewedForm } from '@/components/admin/rights/review-form';
import { pageAnswer } from '@/lib/http/page-answer';

/** What a file does to people, to be read before it is written. */
export const importAnswer = pageAnswer<Omit<ReviewedForm, 'fields'>>('import.review');
