import { loginRequired } from '@/app/(tokens)/guards';
import { describeApi } from '@/lib/extras/tokens/api/describe';
import { readSchema } from '@/lib/extras/tokens/api/operations';
import { operate } from '@/lib/http/api/operate';

export const GET = loginRequired.handler(operate(readSchema, async () => describeApi()));
