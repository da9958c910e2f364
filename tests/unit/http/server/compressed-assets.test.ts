import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingHttpHeaders, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { brotliDecompressSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { overrideSettings } from '@/lib/conf/settings';
import { answerCompressed, readCompressed } from '@/lib/http/server/compressed-assets';
import { writeCompressedAssets } from '@/scripts/serve/compressed-assets.mjs';

const SCRIPT = 'const a = 1;\n'.repeat(100);
const SHEET = '.a { color: red }\n'.repeat(100);
const FILES = {
  'chunks/a.js': SCRIPT,
  'chunks/deep/er.js': SCRIPT,
  'chunks/b.css': SHEET,
  'media/c.woff2': SCRIPT,
  'media/d.svg': SCRIPT,
};

let folder: string;
let server: Server;

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'gatehouse-compressed-'));
  for (const [name, content] of Object.entries(FILES)) {
    const file = path.join(folder, '.next/static', name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, content);
  }
  writeCompressedAssets(folder);
  const compressed = readCompressed(path.join(folder, '.next/compressed'));
  server = createServer((request, response) => {
    const exchange = { request, response, url: request.url ?? '' };
    if (!answerCompressed(exchange, () => compressed)) response.end('passed on');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});

afterAll(() => {
  server.close();
  rmSync(folder, { recursive: true });
});

type Answer = { headers: IncomingHttpHeaders; body: Buffer };

function ask(file: string, headers: Record<string, string>, method = 'GET'): Promise<Answer> {
  const { port } = server.address() as AddressInfo;
  const target = { port, host: '127.0.0.1', path: `/_next/static/${file}`, headers, method };
  return new Promise((resolve, reject) => {
    const sent = request(target, async (response) => {
      resolve({ headers: response.headers, body: Buffer.concat(await response.toArray()) });
    });
    sent.on('error', reject).end();
  });
}

const BR = { 'accept-encoding': 'gzip, deflate, br, zstd' };

describe('a script or style sheet of the build', () => {
  it.each([
    ['chunks/a.js', SCRIPT, 'application/javascript; charset=UTF-8'],
    ['chunks/deep/er.js?dpl=1', SCRIPT, 'application/javascript; charset=UTF-8'],
    ['chunks/b.css', SHEET, 'text/css; charset=UTF-8'],
  ])('is sent as it was compressed once: %s', async (file, content, type) => {
    const { headers, body } = await ask(file, BR);
    expect(brotliDecompressSync(body).toString()).toBe(content);
    expect(headers).toMatchObject({
      'cache-control': 'public, max-age=31536000, immutable',
      'content-encoding': 'br',
      'content-length': String(body.length),
      'content-type': type,
      vary: 'Accept-Encoding',
    });
  });

  it('has the same head without its body', async () => {
    const { headers, body } = await ask('chunks/a.js', BR, 'HEAD');
    expect([headers['content-encoding'], body.length]).toEqual(['br', 0]);
    expect(Number(headers['content-length'])).toBeGreaterThan(0);
  });

  it.each(['br', 'BR', 'gzip;q=0.5 , br;q=0.9', 'br;q=0.001', 'br;q=1.000,gzip', 'br ;q=1'])(
    'is sent so to whoever takes brotli: %s',
    async (accepted) => {
      const { headers } = await ask('chunks/a.js', { 'accept-encoding': accepted });
      expect(headers['content-encoding']).toBe('br');
    },
  );

  it.each(['', 'gzip', 'br;q=0', 'gzip, br; q=0.000', 'brotli', 'x-br', 'a=br', '*'])(
    'is left to Next.js for whoever does not: %j',
    async (accepted) => {
      const { body } = await ask('chunks/a.js', { 'accept-encoding': accepted });
      expect(body.toString()).toBe('passed on');
    },
  );
});

describe('what is left to Next.js', () => {
  it.each([
    ['a part of a file', 'chunks/a.js', { ...BR, range: 'bytes=0-9' }, 'GET'],
    ['another method', 'chunks/a.js', BR, 'POST'],
    ['a file that there is not', 'chunks/x.js', BR, 'GET'],
    ['a name with dots', 'chunks/../chunks/a.js', BR, 'GET'],
    ['the compressed file by its own name', 'chunks/a.js.br', BR, 'GET'],
    ['a picture', 'media/d.svg', BR, 'GET'],
    ['a name that objects have', '__proto__', BR, 'GET'],
  ])('is %s', async (_what, file, headers, method) => {
    expect((await ask(file, headers, method)).body.toString()).toBe('passed on');
  });

  it('is everything while developing', async () => {
    await overrideSettings({ DEBUG: true }, async () => {
      expect((await ask('chunks/a.js', BR)).body.toString()).toBe('passed on');
    });
  });

  it('is all of a build that `next build` made by itself, and what is gone when it is read', () => {
    expect(readCompressed(path.join(folder, 'nowhere'))).toEqual(new Map());
    const replaced = path.join(folder, 'replaced');
    mkdirSync(replaced);
    symlinkSync('gone', path.join(replaced, 'a.js.br'));
    expect(readCompressed(replaced)).toEqual(new Map());
  });
});

it('writes what browsers run or lay out by, and nothing else', () => {
  const written = readdirSync(path.join(folder, '.next/compressed'), { recursive: true });
  expect(written.filter((name) => String(name).includes('.')).sort()).toEqual([
    'chunks/a.js.br',
    'chunks/b.css.br',
    'chunks/deep/er.js.br',
  ]);
});
