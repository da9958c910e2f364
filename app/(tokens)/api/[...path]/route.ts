import { loginRequired } from '@/app/(tokens)/guards';
import { Http404 } from '@/lib/core/exceptions';

type Below = { path: string[] };

async function unknownAddress(): Promise<Response> {
  throw new Http404();
}

export const GET = loginRequired.handler<Below>(unknownAddress);

export const POST = loginRequired.handler<Below>(unknownAddress);

export const PUT = loginRequired.handler<Below>(unknownAddress);

export const PATCH = loginRequired.handler<Below>(unknownAddress);

export const DELETE = loginRequired.handler<Below>(unknownAddress);
