import { loginRequired } from '@/app/(tokens)/guards';
import { Http404 } from '@/lib/core/exceptions';

async function unknownAddress(): Promise<Response> {
  throw new Http404();
}

export const GET = loginRequired.handler(unknownAddress);

export const POST = loginRequired.handler(unknownAddress);

export const PUT = loginRequired.handler(unknownAddress);

export const PATCH = loginRequired.handler(unknownAddress);

export const DELETE = loginRequired.handler(unknownAddress);
