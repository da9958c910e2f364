import { describe, expect, it } from 'vitest';
import { bytesText, type FileRules, fileProblem } from '@/lib/core/files/file-rules';
import { fitsName, KNOWN_TYPES, typeOfName } from '@/lib/core/files/file-types';
import { imageSize } from '@/lib/core/files/image-size';
import { fileOf, gif, jpeg, png, webp } from '@/tests/support/files/pictures';

const PICTURE: FileRules = { image: true, maxSize: 1000 };
const PAGE = '<!DOCTYPE html><script>alert(1)</script>';

describe('the size of a picture', () => {
  it('is read from the header of each kind', () => {
    for (const [width, height] of [
      [1, 1],
      [640, 480],
      [16_383, 3],
    ] as const) {
      const size = { width, height };
      expect(imageSize(png(width, height))).toEqual(size);
      expect(imageSize(jpeg(width, height, 60_000))).toEqual(size);
      expect(imageSize(gif(width, height))).toEqual(size);
      expect(imageSize(webp(width, height))).toEqual(size);
    }
  });

  it('is none where the header breaks off, lies about its length or tells of no pixels', () => {
    for (const whole of [png(9, 9), jpeg(9, 9, 20), gif(9, 9), webp(9, 9)]) {
      for (let end = 0; end < whole.length - 4; end += 1) {
        const size = imageSize(whole.slice(0, end));
        expect(size === null || (size.width === 9 && size.height === 9)).toBe(true);
      }
    }
    expect(imageSize(png(0, 9))).toBeNull();
    expect(imageSize(Uint8Array.from([0xff, 0xd8, ...Array(5000).fill(0xff)]))).toBeNull();
    expect(imageSize(Uint8Array.from([0xff, 0xd8, 0xff, 0xe1, 0, 0, 0xff, 0xe1, 0, 0]))).toBeNull();
  });
});

describe('what is wrong with a file', () => {
  const problem = (name: string, content: string | Uint8Array<ArrayBuffer>, rules = PICTURE) =>
    fileProblem(fileOf(name, content), rules);

  it('is nothing for a picture of each kind that is what its name says', async () => {
    expect(await problem('a.png', png(10, 10))).toBeNull();
    expect(await problem('a.JPG', jpeg(10, 10))).toBeNull();
    expect(await problem('a.gif', gif(10, 10))).toBeNull();
    expect(await problem('a.webp', webp(10, 10))).toBeNull();
  });

  it('is told of a page, a script or another picture under the name of one', async () => {
    const invalid =
      'Upload a valid image. The file you uploaded was either not an image or a corrupted image.';
    expect(await problem('a.png', PAGE)).toBe(invalid);
    expect(await problem('a.png', gif(1, 1))).toBe(invalid);
    expect(await problem('a.png', png(1, 1).slice(0, 12))).toBe(invalid);
    const files: FileRules = {};
    expect(await problem('a.pdf', PAGE, files)).toBe(
      'The file is not what its name says: it is no pdf.',
    );
    expect(await problem('a.txt', PAGE, files)).toMatch(/no txt/);
    expect(await problem('a.txt', ' \n<svg onload=alert(1)>', files)).toMatch(/no txt/);
    expect(await problem('a.csv', Uint8Array.from([0x61, 0, 0x62]), files)).toMatch(/no csv/);
    expect(await problem('a.txt', Uint8Array.from([0xff, 0xfe, 0x61]), files)).toMatch(/no txt/);
    expect(await problem('a.txt', 'x < y, naïve', files)).toBeNull();
  });

  it('is told of an ending that is not taken, in Django’s words', async () => {
    for (const name of ['a.svg', 'a.html', 'a.png.html', 'png', '.png', 'a.']) {
      expect(await problem(name, png(1, 1)), name).toMatch(
        /^File extension “\w*” is not allowed\. Allowed extensions are: png, jpg, jpeg, gif, webp\.$/,
      );
    }
    expect(await problem('a.svg', '<svg/>', {})).toMatch(/^File extension “svg” is not allowed/);
    expect(await problem('a.svg', '<svg/>', { types: 'any' })).toBeNull();
  });

  it('is told of one that is empty, too large, too wide, or unfolds to too many pixels', async () => {
    expect(await problem('a.png', '')).toBe('The submitted file is empty.');
    expect(await problem('a.png', png(1, 1, 'x'.repeat(1000)))).toBe(
      'The file is too large: it has 1 kB, and may have 1 kB.',
    );
    expect(await problem('a.png', png(60_000, 60_000))).toBe(
      'The image measures 60,000 × 60,000 pixels, and may have 50,000,000 in all.',
    );
    const small: FileRules = { image: { maxWidth: 100, maxHeight: 50 } };
    expect(await problem('a.png', png(100, 50), small)).toBeNull();
    expect(await problem('a.png', png(101, 50), small)).toMatch(/may be 100 wide/);
    expect(await problem('a.png', png(100, 51), small)).toMatch(/may be 50 high/);
  });
});

it('no name is taken for a type that could run in a browser', () => {
  for (const name of [
    'a.svg',
    'a.html',
    'a.htm',
    'a.xhtml',
    'a.xml',
    'a.js',
    'a.mjs',
    'a',
    'png',
  ]) {
    expect(typeOfName(name)).toBe('application/octet-stream');
  }
  expect(KNOWN_TYPES.filter((type) => /html|xml$|script|svg/.test(type))).toEqual([]);
  expect(fitsName('a.xyz', png(1, 1))).toBe(true);
});

it('a number of bytes is told in the unit that fits', () => {
  expect([0, 1, 999, 1000, 1_048_576, 2_500_000_000].map(bytesText)).toEqual([
    '0 bytes',
    '1 byte',
    '999 bytes',
    '1 kB',
    '1 MB',
    '2.5 GB',
  ]);
});
