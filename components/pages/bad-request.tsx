import { ButtonLink } from '@/components/button';
import { documentTitle } from '@/components/pages/document-title';

type Props = { title?: string; why?: string };

/** The page of a 400, a request that no link or form here makes, and with its words of a 405 and 413. */
export function BadRequest({
  title = 'This request makes no sense here',
  why = 'It was not made by a link or form of this site, or what it belonged to has ended meanwhile. Nothing was changed.',
}: Props) {
  return (
    <>
      <title>{documentTitle(title)}</title>
      <h1 className="text-title">{title}</h1>
      <p className="mt-2 max-w-2xl text-muted">{why}</p>
      <div className="mt-8">
        <ButtonLink href="/">Go to the start page</ButtonLink>
      </div>
    </>
  );
}
