import { pageAnswer } from '@/lib/http/page-answer';

/** What the action answers with: the token, which no other answer ever shows. */
export const tokenAnswer = pageAnswer<{ text: string; name: string }>('token');
