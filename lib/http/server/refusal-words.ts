import { settings } from '@/lib/conf/settings';

/** What is refused before a view is asked: the status, a heading and two sentences, all of ours. */
export type Refusal = { status: 400 | 404 | 405 | 413 | 500; title: string; why: string };

/** A request that cannot be what it says. */
export function badRequest(why: string): Refusal {
  return { status: 400, title: 'Bad request', why };
}

/** An address that is none. Django: Http404 */
export function notFound(): Refusal {
  return { status: 404, title: 'Not found', why: 'There is nothing at this address.' };
}

/** A method that the address does not take. Django: HttpResponseNotAllowed */
export function notAllowed(): Refusal {
  const why = 'No page of this site is asked for in this way. Nothing was changed.';
  return { status: 405, title: 'This cannot be asked for like that', why };
}

/** More than settings.DATA_UPLOAD_MAX_MEMORY_SIZE at once. Django: RequestDataTooBig */
export function tooLarge(): Refusal {
  const kilobytes = settings.DATA_UPLOAD_MAX_MEMORY_SIZE / 1024;
  const isLarge = kilobytes >= 1024;
  const limit = isLarge ? `${Number((kilobytes / 1024).toFixed(1))} MB` : `${kilobytes} kB`;
  const why = `At most ${limit} can be sent with one form, and this was more. Nothing was saved: go back, where what you typed may still stand, and save it in parts.`;
  return { status: 413, title: 'This is too much at once', why };
}

/** A fault of ours. */
export function serverError(): Refusal {
  const why = 'Something failed on the server. It is not your doing: try again in a moment.';
  return { status: 500, title: 'Server error', why };
}
