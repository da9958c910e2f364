/** Width and height of a picture, in pixels. */
export type ImageSize = { width: number; height: number };

/**
 * The size of a PNG, JPEG, GIF or WebP as its header tells it; nothing is decoded. Null for what is none
 * of these, or breaks off before it is told.
 * Django: core/files/images.py get_image_dimensions (by Pillow)
 */
export function imageSize(bytes: Uint8Array): ImageSize | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  try {
    const size = sizeIn(view);
    return size && size.width > 0 && size.height > 0 ? size : null;
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

function sizeIn(view: DataView): ImageSize | null {
  if (view.getUint32(0) === 0x89504e47) return sizeOfPng(view);
  if (view.getUint16(0) === 0xffd8) return sizeOfJpeg(view);
  if (word(view, 0, 3) === 'GIF') {
    return { width: view.getUint16(6, true), height: view.getUint16(8, true) };
  }
  return word(view, 0, 4) === 'RIFF' && word(view, 8, 4) === 'WEBP' ? sizeOfWebp(view) : null;
}

function sizeOfPng(view: DataView): ImageSize | null {
  if (word(view, 12, 4) !== 'IHDR') return null;
  return { width: view.getUint32(16), height: view.getUint32(20) };
}

// From segment to segment, each of which tells its length, to the one that begins the picture.
function sizeOfJpeg(view: DataView): ImageSize | null {
  let at = 2;
  for (;;) {
    if (view.getUint8(at) !== 0xff) return null;
    const marker = view.getUint8(at + 1);
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    const isAlone = marker === 0x01 || (marker >= 0xd0 && marker <= 0xd8);
    if (isAlone) {
      at += 2;
      continue;
    }
    // The picture itself, or its end: its size would have stood before it.
    if (marker === 0xda || marker === 0xd9) return null;
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
    if (isFrame) return { width: view.getUint16(at + 7), height: view.getUint16(at + 5) };
    at += 2 + Math.max(2, view.getUint16(at + 2));
  }
}

function sizeOfWebp(view: DataView): ImageSize | null {
  switch (word(view, 12, 4)) {
    case 'VP8X':
      return { width: 1 + uint24(view, 24), height: 1 + uint24(view, 27) };
    case 'VP8L': {
      const bits = view.getUint32(21, true);
      const isLossless = view.getUint8(20) === 0x2f;
      return isLossless
        ? { width: 1 + (bits & 0x3fff), height: 1 + ((bits >>> 14) & 0x3fff) }
        : null;
    }
    case 'VP8 ':
      return {
        width: view.getUint16(26, true) & 0x3fff,
        height: view.getUint16(28, true) & 0x3fff,
      };
    default:
      return null;
  }
}

function uint24(view: DataView, at: number): number {
  return view.getUint16(at, true) + view.getUint8(at + 2) * 0x10000;
}

function word(view: DataView, at: number, length: number): string {
  return Array.from({ length }, (_, i) => String.fromCharCode(view.getUint8(at + i))).join('');
}
