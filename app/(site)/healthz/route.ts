import { loginNotRequired } from '@/app/(site)/guards';
import { healthAnswer } from '@/lib/http/server/health';

export const GET = loginNotRequired.handler(healthAnswer);
