'use client';

import { controlLook, Field } from '@/components/forms/field';
import { useField } from '@/components/forms/form-state';
import { TextLink } from '@/components/text-link';
import type { CurrentFile } from '@/lib/contrib/admin/files/file-fields';

type Props = {
  name: string;
  label: string;
  hint?: string;
  isRequired: boolean;
  current: CurrentFile | null;
  accept: string | undefined;
  isImage: boolean;
  canClear: boolean;
  /** As forms of the admin have it, which are closer. */
  isDense?: boolean;
};

/**
 * A file: the one that there is, a box that takes it away, and one to choose instead. A browser never
 * shows again which one was chosen.
 * Django: ClearableFileInput
 */
export function FileControl({ current, ...props }: Props) {
  const { name, label, hint, isRequired, accept, isImage, canClear, isDense } = props;
  const { id, errors, control } = useField(name, hint);
  const clear = useField(`${name}-clear`);
  return (
    <Field id={id} label={label} hint={hint} optional={!isRequired} errors={errors}>
      {current && (
        <div className="flex flex-wrap items-center gap-x-4 gap-y-1">
          {isImage && current.url !== null && (
            // biome-ignore lint/performance/noImgElement: it is shown as it was uploaded.
            <img
              src={current.url}
              alt=""
              loading="lazy"
              className="max-h-20 max-w-32 rounded-field border border-line"
            />
          )}
          <span className="min-w-0 wrap-anywhere">
            Currently:{' '}
            {current.url === null ? (
              current.name
            ) : (
              <TextLink href={current.url} prefetch={false} target="_blank">
                {current.name}
              </TextLink>
            )}
          </span>
          {canClear && (
            <label className="inline-flex min-h-6 items-center gap-2">
              <input
                type="checkbox"
                id={`${name}-clear_id`}
                name={`${name}-clear`}
                value="on"
                defaultChecked={clear.value === 'on'}
                className="size-4 accent-accent"
              />
              Clear
            </label>
          )}
        </div>
      )}
      <input
        {...control}
        type="file"
        accept={accept}
        className={`${controlLook} ${isDense ? 'p-1 text-sm!' : 'p-2'} file:mr-3 file:rounded-field file:border-0 file:bg-sunken file:px-3 file:py-1 file:text-ink`}
      />
    </Field>
  );
}
