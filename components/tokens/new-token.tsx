import { ButtonLink } from '@/components/button';
import { CopyToken } from '@/components/tokens/copy-token';

const ID = 'new_token';

/** The one time that a token is shown. Its text stands in the page and in nothing that a script holds. */
export function NewToken({ text, name }: { text: string; name: string }) {
  return (
    <div className="max-w-2xl space-y-5">
      <p>
        Copy the token “<bdi>{name}</bdi>” now, to where its program keeps secrets. It cannot be
        shown again.
      </p>
      <p className="flex flex-wrap items-center gap-3 rounded-field border border-edge bg-surface p-3">
        <code id={ID} className="min-w-0 flex-1 text-base wrap-anywhere select-all">
          {text}
        </code>
        <CopyToken from={ID} />
      </p>
      <p className="text-sm text-muted">
        A program sends it as the header <code>Authorization: Bearer …</code>
      </p>
      <ButtonLink href="/accounts/tokens/" variant="primary">
        I have kept it
      </ButtonLink>
    </div>
  );
}
