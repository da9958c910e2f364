import { ButtonLink } from '@/components/button';
import { documentTitle } from '@/components/document-title';

/** The page of a 404. The same for what never was, what is gone and what may not be seen. */
export function NotFound() {
  return (
    <>
      <title>{documentTitle('Not found')}</title>
      <h1 className="text-title">There is nothing here</h1>
      <p className="mt-2 max-w-2xl text-muted">
        The address may be mistyped, or what was here has been deleted.
      </p>
      <div className="mt-8">
        <ButtonLink href="/">Go to the start page</ButtonLink>
      </div>
    </>
  );
}
