import { pageAnswer } from '@/lib/http/page-answer';

/** What was wrong with the proof of who one is. */
export const undoAnswer = pageAnswer<{ proofError: string }>('admin.undo');
