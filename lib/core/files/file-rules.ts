import { extensionsOf, fitsName, IMAGE_TYPES, KNOWN_TYPES } from './file-types';
import { imageSize } from './image-size';
import { getValidFilename, splitName } from './names';

/**
 * What is declared of a column that names a file: where uploads are kept, and which are taken. Pure
 * data, as all that is declared of a field.
 * Django: FileField, ImageField, FileExtensionValidator
 */
export type FileRules = {
  /** The folder; `%Y`, `%m` and `%d` are those of the day. Unless told that of app, model and field. */
  readonly uploadTo?: string;
  /** Bytes at most. The form as a whole has its own limit, settings.DATA_UPLOAD_MAX_MEMORY_SIZE. */
  readonly maxSize?: number;
  /** Types that are taken: all that are known unless told, of pictures all that can be shown; `any` takes what nobody knows, too, which is delivered as a download. */
  readonly types?: readonly string[] | 'any';
  /** Whether it is a picture, and what its sides may measure, in pixels. */
  readonly image?:
    | true
    | { readonly maxWidth?: number; readonly maxHeight?: number; readonly maxPixels?: number };
};

// Pixels of a picture unless told: what a browser lays out without harm.
const MOST_PIXELS = 50_000_000;

const NO_IMAGE =
  'Upload a valid image. The file you uploaded was either not an image or a corrupted image.';

// The types that these rules let through.
function typesTaken({ types, image }: FileRules): readonly string[] | 'any' {
  if (image)
    return Array.isArray(types) ? types.filter((type) => IMAGE_TYPES.includes(type)) : IMAGE_TYPES;
  return types ?? KNOWN_TYPES;
}

/** What a browser offers to choose from: the `accept` of the control; undefined for everything. */
export function acceptOf(rules: FileRules): string | undefined {
  const types = typesTaken(rules);
  return types === 'any'
    ? undefined
    : extensionsOf(types)
        .map((each) => `.${each}`)
        .join(',');
}

/**
 * What is wrong with a file that somebody sent, by its size, its name and what is in it; null if nothing.
 * Django: FileField.to_python, ImageField.to_python, FileExtensionValidator
 */
export async function fileProblem(file: File, rules: FileRules): Promise<string | null> {
  const problem = headProblem(file, rules);
  if (problem !== null) return problem;
  const bytes = new Uint8Array(await file.arrayBuffer());
  if (!fitsName(file.name, bytes)) {
    const { extension } = splitName(getValidFilename(file.name));
    return rules.image
      ? NO_IMAGE
      : `The file is not what its name says: it is no ${extension.slice(1)}.`;
  }
  return rules.image ? imageProblem(bytes, rules.image) : null;
}

/** The same, as far as it can be told without reading the file. */
export function headProblem({ name, size }: File, rules: FileRules): string | null {
  if (size === 0) return 'The submitted file is empty.';
  const { maxSize } = rules;
  if (maxSize !== undefined && size > maxSize) {
    return `The file is too large: it has ${bytesText(size)}, and may have ${bytesText(maxSize)}.`;
  }
  const types = typesTaken(rules);
  if (types === 'any') return null;
  const extension = splitName(getValidFilename(name)).extension.slice(1).toLowerCase();
  const allowed = extensionsOf(types);
  if (allowed.includes(extension)) return null;
  return `File extension “${extension}” is not allowed. Allowed extensions are: ${allowed.join(', ')}.`;
}

/** A number of bytes as people read it: 1 MB is 1,000,000 of them. */
export function bytesText(count: number): string {
  if (count === 1) return '1 byte';
  const units = ['bytes', 'kB', 'MB', 'GB'] as const;
  const step = Math.min(units.length - 1, Math.floor(Math.log10(Math.max(1, count)) / 3));
  const value = count / 1000 ** step;
  return `${value.toLocaleString('en', { maximumFractionDigits: step === 0 ? 0 : 1 })} ${units[step]}`;
}

function imageProblem(bytes: Uint8Array, image: NonNullable<FileRules['image']>): string | null {
  const size = imageSize(bytes);
  if (!size) return NO_IMAGE;
  const { width, height } = size;
  const limits = image === true ? {} : image;
  const { maxWidth = Infinity, maxHeight = Infinity, maxPixels = MOST_PIXELS } = limits;
  const told = `The image measures ${width.toLocaleString('en')} × ${height.toLocaleString('en')} pixels`;
  if (width > maxWidth) return `${told}, and may be ${maxWidth.toLocaleString('en')} wide.`;
  if (height > maxHeight) return `${told}, and may be ${maxHeight.toLocaleString('en')} high.`;
  if (width * height > maxPixels) {
    return `${told}, and may have ${maxPixels.toLocaleString('en')} in all.`;
  }
  return null;
}
