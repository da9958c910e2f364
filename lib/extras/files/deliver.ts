import { Http404 } from '@/lib/core/exceptions';
import { isShown, typeOfName } from '@/lib/core/files/file-types';
import { defaultStorage } from '@/lib/core/files/storage/default-storage';
import type { ByteRange, StoredFile } from '@/lib/core/files/storage/storage';
import { redirectResponse } from '@/lib/http/redirect';
import { currentSource } from '@/lib/http/source/current-source';

type Asked = Pick<Request, 'method' | 'headers'>;

// Nothing in a file runs, loads or sends anything, whatever a browser takes it for. Chromium lays out a
// picture by styles of its own.
const POLICY = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; sandbox";

/**
 * A file as an answer: a picture that is shown, anything else a download, of a type from our own short
 * list and never from what is in it. A browser keeps it and asks each time whether it may. One part of it
 * is given to whoever asks for one. From a storage that signs addresses whoever navigates there is sent on.
 * Throws Http404 where the storage has none.
 * Django: views/static.py serve; RFC 9110 14 for parts
 */
export async function deliverFile(name: string, { method, headers }: Asked): Promise<Response> {
  const storage = await defaultStorage();
  const delivery = { contentType: typeOfName(name), disposition: dispositionOf(name) };
  if (['document', null].includes(headers.get('sec-fetch-dest'))) {
    const signed = await storage.signedUrl(name, delivery);
    if (signed !== null) return redirectResponse(signed);
  }
  const size = await storage.size(name);
  if (size === null) throw new Http404();
  const etag = `"${Buffer.from(name).toString('base64url')}.${size}"`;
  const own = new Headers({
    'content-type': delivery.contentType,
    'content-disposition': delivery.disposition,
    'content-security-policy': POLICY,
    'x-content-type-options': 'nosniff',
    'cache-control': 'private, no-cache',
    'accept-ranges': 'bytes',
    etag,
  });
  // The page's policy, which the middleware has set by now, would stand in its place.
  currentSource().setHeader('content-security-policy', POLICY);
  if (isKnown(headers.get('if-none-match'), etag)) {
    return new Response(null, { status: 304, headers: own });
  }
  const range = rangeOf(headers, { size, etag });
  if (range === 'none') {
    own.set('content-range', `bytes */${size}`);
    return new Response(null, { status: 416, headers: own });
  }
  own.set('content-length', String(range ? range.end - range.start + 1 : size));
  if (range) own.set('content-range', `bytes ${range.start}-${range.end}/${size}`);
  const status = range ? 206 : 200;
  if (method === 'HEAD' || size === 0) return new Response(null, { status, headers: own });
  const file: StoredFile | null = await storage.open(name, range ?? undefined);
  if (!file) throw new Http404();
  return new Response(file.stream, { status, headers: own });
}

// RFC 6266: the name in ASCII for whoever knows no other, and as it is.
function dispositionOf(name: string): string {
  const base = name.split('/').at(-1) ?? '';
  const kind = isShown(typeOfName(name)) ? 'inline' : 'attachment';
  const plain = base.replaceAll(/[^\w.-]/g, '_');
  const exact = encodeURIComponent(base).replaceAll(
    /['()*]/g,
    (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `${kind}; filename="${plain}"; filename*=UTF-8''${exact}`;
}

function isKnown(sent: string | null, etag: string): boolean {
  return (sent ?? '')
    .split(',')
    .some((each) => ['*', etag].includes(each.trim().replace(/^W\//, '')));
}

// Null for the whole: also where several parts are asked for, which nobody has to give.
function rangeOf(
  headers: Pick<Headers, 'get'>,
  { size, etag }: { size: number; etag: string },
): ByteRange | 'none' | null {
  const [, first = '', last = ''] =
    /^bytes=(\d{0,15})-(\d{0,15})$/.exec(headers.get('range') ?? '') ?? [];
  const isOther = (headers.get('if-range') ?? etag) !== etag;
  if ((first === '' && last === '') || isOther) return null;
  const start = first === '' ? Math.max(0, size - Number(last)) : Number(first);
  const end = first === '' || last === '' ? size - 1 : Math.min(Number(last), size - 1);
  return start <= end ? { start, end } : 'none';
}
