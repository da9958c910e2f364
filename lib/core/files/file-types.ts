import { splitName } from './names';

/** A type of files that we know by their first bytes. */
type FileType = {
  readonly type: string;
  readonly extensions: readonly string[];
  /** Whether these bytes are the beginning of such a file, or all of it. */
  begins(bytes: Uint8Array): boolean;
  /** Whether a browser may show it in our own pages: pictures that hold nothing but a picture. */
  isImage?: boolean;
};

// What is told of a file whose type nobody knows: it is kept, never shown.
const OCTET_STREAM = 'application/octet-stream';

const ZIP = [0x50, 0x4b, 0x03, 0x04];
const OFFICE = 'application/vnd.openxmlformats-officedocument.';

const FILE_TYPES: readonly FileType[] = [
  {
    type: 'image/png',
    extensions: ['png'],
    isImage: true,
    begins: starting([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
  },
  {
    type: 'image/jpeg',
    extensions: ['jpg', 'jpeg'],
    isImage: true,
    begins: starting([0xff, 0xd8, 0xff]),
  },
  {
    type: 'image/gif',
    extensions: ['gif'],
    isImage: true,
    begins: (bytes) => ['GIF87a', 'GIF89a'].includes(ascii(bytes, 0, 6)),
  },
  {
    type: 'image/webp',
    extensions: ['webp'],
    isImage: true,
    begins: (bytes) => ascii(bytes, 0, 4) === 'RIFF' && ascii(bytes, 8, 12) === 'WEBP',
  },
  {
    type: 'application/pdf',
    extensions: ['pdf'],
    begins: (bytes) => ascii(bytes, 0, 5) === '%PDF-',
  },
  { type: 'application/zip', extensions: ['zip'], begins: starting(ZIP) },
  {
    type: `${OFFICE}wordprocessingml.document`,
    extensions: ['docx'],
    begins: starting(ZIP),
  },
  { type: `${OFFICE}spreadsheetml.sheet`, extensions: ['xlsx'], begins: starting(ZIP) },
  {
    type: `${OFFICE}presentationml.presentation`,
    extensions: ['pptx'],
    begins: starting(ZIP),
  },
  {
    type: 'application/vnd.oasis.opendocument.text',
    extensions: ['odt'],
    begins: starting(ZIP),
  },
  {
    type: 'application/vnd.oasis.opendocument.spreadsheet',
    extensions: ['ods'],
    begins: starting(ZIP),
  },
  {
    type: 'video/mp4',
    extensions: ['mp4'],
    begins: (bytes) => ascii(bytes, 4, 8) === 'ftyp',
  },
  { type: 'audio/mpeg', extensions: ['mp3'], begins: isMp3 },
  { type: 'text/plain', extensions: ['txt'], begins: isText },
  { type: 'text/csv', extensions: ['csv'], begins: isText },
  { type: 'application/json', extensions: ['json'], begins: isText },
];

/** The pictures that are known, whose size is read from their first bytes. */
export const IMAGE_TYPES: readonly string[] = FILE_TYPES.filter(({ isImage }) => isImage).map(
  ({ type }) => type,
);

/** Every type that is known. */
export const KNOWN_TYPES: readonly string[] = FILE_TYPES.map(({ type }) => type);

/** The extensions of these types, without their dots. */
export function extensionsOf(types: readonly string[]): string[] {
  return FILE_TYPES.filter(({ type }) => types.includes(type)).flatMap((each) => each.extensions);
}

/**
 * The type that a file's name tells; `application/octet-stream` for one that we do not know, such as a page or a
 * drawing that could run scripts.
 * Django: mimetypes.guess_type, which knows these too
 */
export function typeOfName(name: string): string {
  return typeNamed(name)?.type ?? OCTET_STREAM;
}

/** Whether a browser may show a file of this type. */
export function isShown(type: string): boolean {
  return IMAGE_TYPES.includes(type);
}

/**
 * Whether a file is what its name says, as far as its first bytes tell; true for a name that tells
 * nothing.
 */
export function fitsName(name: string, bytes: Uint8Array): boolean {
  return typeNamed(name)?.begins(bytes) ?? true;
}

function typeNamed(name: string): FileType | undefined {
  const extension = splitName(name).extension.slice(1).toLowerCase();
  return FILE_TYPES.find(({ extensions }) => extensions.includes(extension));
}

function starting(start: readonly number[]) {
  return (bytes: Uint8Array) => start.every((byte, at) => bytes[at] === byte);
}

function ascii(bytes: Uint8Array, from: number, to: number): string {
  return String.fromCharCode(...bytes.subarray(from, to));
}

// A tag, or a frame: eleven bits that are set, and a layer that is one.
function isMp3(bytes: Uint8Array): boolean {
  const [first = 0, second = 0] = bytes;
  return ascii(bytes, 0, 3) === 'ID3' || (first === 0xff && (second & 0xe6) === 0xe2);
}

// What browsers of old took for a page whatever it was called, and text that is none.
const MARKUP =
  /^\ufeff?\s*<(?:!doctype|!--|\?xml|html|head|body|script|svg|iframe|style|title|a\b)/i;

function isText(bytes: Uint8Array): boolean {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: true });
  } catch {
    return false;
  }
  return !text.includes('\0') && !MARKUP.test(text);
}
