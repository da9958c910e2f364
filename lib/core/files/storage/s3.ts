import { createRequire } from 'node:module';
import path from 'node:path';
import { Readable } from 'node:stream';
import { z } from 'zod';
import { ImproperlyConfigured } from '@/lib/core/exceptions';
import {
  type ByteRange,
  type Delivery,
  type ListedFile,
  Storage,
  type StoredFile,
  TAKEN,
} from './storage';

const CLIENT = '@aws-sdk/client-s3';
const PRESIGNER = '@aws-sdk/s3-request-presigner';

type Command = new (input: object) => object;

/** What an answer of the client's holds, as far as we read it. */
type Answer = {
  Body?: unknown;
  ContentLength?: number;
  ContentRange?: string;
  LastModified?: Date;
  NextContinuationToken?: string;
  Contents?: { Key?: string; Size?: number; LastModified?: Date }[];
};

type Client = { send(command: object): Promise<Answer> };

/** What we use of the packages, which need not be there for the types to be checked. */
type Sdk = {
  S3Client: new (config: object) => Client;
  PutObjectCommand: Command;
  GetObjectCommand: Command;
  HeadObjectCommand: Command;
  DeleteObjectCommand: Command;
  ListObjectsV2Command: Command;
};
type Presigner = {
  getSignedUrl(client: Client, command: object, options: { expiresIn: number }): Promise<string>;
};

const OPTIONS = z.strictObject({
  bucket: z.string().min(1),
  region: z.string().min(1).optional(),
  /** Of another service that speaks S3. */
  endpoint: z.url({ protocol: /^https?$/ }).optional(),
  /** What every key begins with, without slashes at its ends. */
  location: z.string().default(''),
  forcePathStyle: z.boolean().default(false),
  /** Seconds that a signed address is good for. */
  querystringExpire: z.int().min(1).max(604_800).default(60),
});

/**
 * A storage in a bucket of Amazon S3 or of a service that speaks its protocol, by Amazon's own client, an
 * optional package that is loaded here alone. Throws ImproperlyConfigured where it is not installed, and
 * for options that are none.
 * django-storages: backends/s3.py S3Storage
 */
export async function makeS3Storage(options: Readonly<Record<string, unknown>>): Promise<Storage> {
  const told = OPTIONS.safeParse(options);
  if (!told.success) {
    const [issue] = told.error.issues;
    const where = issue?.path.join('.') || issue?.message;
    throw new ImproperlyConfigured(`The options of S3Storage in STORAGES are wrong: ${where}.`);
  }
  const sdk = load<Sdk>(CLIENT);
  const { region, endpoint, forcePathStyle, ...place } = told.data;
  const client = new sdk.S3Client({
    forcePathStyle,
    ...(region !== undefined && { region }),
    ...(endpoint !== undefined && { endpoint }),
    // Other services refuse checksums that they do not know.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
  });
  return new S3Storage(sdk, client, place);
}

type Place = { bucket: string; location: string; querystringExpire: number };

class S3Storage extends Storage {
  readonly #sdk: Sdk;
  readonly #client: Client;
  readonly #place: Place;

  constructor(sdk: Sdk, client: Client, place: Place) {
    super();
    this.#sdk = sdk;
    this.#client = client;
    this.#place = place;
  }

  async *list(): AsyncGenerator<ListedFile> {
    const Prefix = this.#key('').Key;
    let ContinuationToken: string | undefined;
    do {
      const page = await this.#client.send(
        new this.#sdk.ListObjectsV2Command({
          Bucket: this.#place.bucket,
          Prefix,
          ...(ContinuationToken !== undefined && { ContinuationToken }),
        }),
      );
      for (const { Key = '', Size = 0, LastModified = new Date() } of page.Contents ?? []) {
        const name = Key.slice(Prefix.length);
        if (name !== '') yield { name, size: Size, modified: LastModified };
      }
      ContinuationToken = page.NextContinuationToken;
    } while (ContinuationToken !== undefined);
  }

  override async signedUrl(name: string, delivery: Delivery): Promise<string | null> {
    const { getSignedUrl } = load<Presigner>(PRESIGNER);
    const command = new this.#sdk.GetObjectCommand({
      ...this.#key(name),
      ResponseContentType: delivery.contentType,
      ResponseContentDisposition: delivery.disposition,
      ResponseCacheControl: 'private, no-store',
    });
    return getSignedUrl(this.#client, command, { expiresIn: this.#place.querystringExpire });
  }

  // A bucket that is public by mistake shows nothing in a browser: what a file is, a signed address says.
  protected async write(name: string, content: Blob): Promise<undefined | typeof TAKEN> {
    const command = new this.#sdk.PutObjectCommand({
      ...this.#key(name),
      Body: new Uint8Array(await content.arrayBuffer()),
      ContentType: 'application/octet-stream',
      ContentDisposition: 'attachment',
      IfNoneMatch: '*',
    });
    try {
      await this.#client.send(command);
    } catch (error) {
      if (statusOf(error) !== 412) throw error;
      return TAKEN;
    }
  }

  protected async read(name: string, range?: ByteRange): Promise<StoredFile | null> {
    const command = new this.#sdk.GetObjectCommand({
      ...this.#key(name),
      ...(range && { Range: `bytes=${range.start}-${range.end}` }),
    });
    const found = await this.#client.send(command).catch(nullIfNone);
    if (!(found?.Body instanceof Readable)) return null;
    const whole = /\/(\d+)$/.exec(found.ContentRange ?? '')?.[1];
    return {
      size: Number(whole ?? found.ContentLength ?? 0),
      modified: found.LastModified ?? new Date(0),
      stream: Readable.toWeb(found.Body) as ReadableStream<Uint8Array>,
    };
  }

  protected async remove(name: string): Promise<void> {
    await this.#client.send(new this.#sdk.DeleteObjectCommand(this.#key(name)));
  }

  protected async measure(name: string): Promise<number | null> {
    const command = new this.#sdk.HeadObjectCommand(this.#key(name));
    const found = await this.#client.send(command).catch(nullIfNone);
    return found ? (found.ContentLength ?? 0) : null;
  }

  #key(name: string): { Bucket: string; Key: string } {
    const { bucket, location } = this.#place;
    return { Bucket: bucket, Key: location === '' ? name : `${location}/${name}` };
  }
}

// Asked for at run time, from the folder of the project: a build must succeed without the packages.
function load<T>(name: string): T {
  try {
    return createRequire(path.join(process.cwd(), 'package.json'))(name) as T;
  } catch {
    throw new ImproperlyConfigured(
      `S3Storage needs the package ${name}: install it, or use FileSystemStorage.`,
    );
  }
}

function nullIfNone(error: unknown): null {
  if (statusOf(error) !== 404) throw error;
  return null;
}

function statusOf(error: unknown): number | undefined {
  const { $metadata } = error as { $metadata?: { httpStatusCode?: number } };
  return $metadata?.httpStatusCode;
}
