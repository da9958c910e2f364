import { SubmitButton } from '@/components/forms/submit-button';
import { Name } from '@/components/name';
import { SendingForm } from '@/components/sending/sending-form';
import { TextLink } from '@/components/text-link';
import { listHref } from '@/lib/contrib/admin/list/list-address';
import type { ModelMeta } from '@/lib/contrib/admin/meta';
import { visibleText } from '@/lib/core/text';
import type { SavedView } from '@/lib/extras/saved-views/saved-views';

type Props = {
  meta: ModelMeta;
  views: readonly SavedView[];
  remove: (form: FormData) => Promise<void>;
};

/** Somebody's views of a list, to be opened or deleted. */
export function ViewList({ meta, views, remove }: Props) {
  return (
    <ul className="divide-y divide-line border-y border-line">
      {views.map(({ id, name, query }) => (
        <li key={id} className="flex min-h-11 items-center gap-x-4 py-1">
          <TextLink
            href={listHref(meta, query)}
            prefetch={false}
            className="min-w-0 grow truncate font-semibold"
          >
            <Name text={name} />
          </TextLink>
          <SendingForm action={remove} failed="Nothing is deleted" notice="floating">
            <input type="hidden" name="_model" value={meta.key} />
            <input type="hidden" name="_view" value={id} />
            <SubmitButton variant="quiet" className="min-h-8!">
              Delete
              <span className="sr-only">{` ${visibleText(name)}`}</span>
            </SubmitButton>
          </SendingForm>
        </li>
      ))}
    </ul>
  );
}
