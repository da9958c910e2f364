import type { IncomingHttpHeaders, IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

type Stored = { body: Buffer; headers: IncomingHttpHeaders };

/** A bucket that stands in for Amazon's: as much of its protocol as our storage speaks. */
export type Bucket = { origin: string; objects: Map<string, Stored> };

// Keys of one page of a list.
const PAGE = 2;

/** Let a server on loopback be a bucket called `media`, which wants every request to be signed. */
export async function serveBucket(server: Server): Promise<{ server: Server; bucket: Bucket }> {
  const objects = new Map<string, Stored>();
  server.on('request', (request, response) => void answer(objects, request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { server, bucket: { origin: `http://127.0.0.1:${port}`, objects } };
}

async function answer(
  objects: Map<string, Stored>,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://bucket');
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  const isSigned = /^AWS4-HMAC-SHA256 Credential=tester\//.test(
    request.headers.authorization ?? '',
  );
  const key = decodeURIComponent(pathname.replace(/^\/media\/?/, ''));
  if (!isSigned) return fail(response, 403, 'AccessDenied');
  if (searchParams.has('list-type')) return list(objects, searchParams, response);
  const found = objects.get(key);
  switch (request.method) {
    case 'PUT':
      if (found && request.headers['if-none-match'] === '*') {
        return fail(response, 412, 'PreconditionFailed');
      }
      objects.set(key, { body: Buffer.concat(chunks), headers: request.headers });
      break;
    case 'DELETE':
      objects.delete(key);
      response.statusCode = 204;
      break;
    default:
      if (!found) return fail(response, 404, 'NoSuchKey');
      return give(found, request, response);
  }
  response.end();
}

function give({ body }: Stored, request: IncomingMessage, response: ServerResponse): void {
  response.setHeader('last-modified', new Date(0).toUTCString());
  const [, start, end] = /^bytes=(\d+)-(\d+)$/.exec(request.headers.range ?? '') ?? [];
  const part = start ? body.subarray(Number(start), Number(end) + 1) : body;
  if (start) {
    response.statusCode = 206;
    response.setHeader('content-range', `bytes ${start}-${end}/${body.length}`);
  }
  response.setHeader('content-length', part.length);
  response.end(request.method === 'HEAD' ? undefined : part);
}

function list(
  objects: Map<string, Stored>,
  query: URLSearchParams,
  response: ServerResponse,
): void {
  const keys = [...objects.keys()]
    .filter((key) => key.startsWith(query.get('prefix') ?? ''))
    .sort();
  const from = Number(query.get('continuation-token') ?? 0);
  const page = keys.slice(from, from + PAGE);
  const next = from + PAGE;
  const contents = page.map(
    (key) =>
      `<Contents><Key>${key}</Key><Size>${objects.get(key)?.body.length}</Size><LastModified>2026-01-01T00:00:00.000Z</LastModified></Contents>`,
  );
  const more = next < keys.length ? `<NextContinuationToken>${next}</NextContinuationToken>` : '';
  response.setHeader('content-type', 'application/xml');
  response.end(
    `<?xml version="1.0"?><ListBucketResult>${more}${contents.join('')}</ListBucketResult>`,
  );
}

function fail(response: ServerResponse, status: number, code: string): void {
  response.statusCode = status;
  response.setHeader('content-type', 'application/xml');
  response.end(`<?xml version="1.0"?><Error><Code>${code}</Code></Error>`);
}
