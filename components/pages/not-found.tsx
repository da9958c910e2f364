import { ButtonLink } from '@/components/button';

/**
 * The page of a 404. The same for what never was, what is gone and what may not be seen. `title` is the
 * tab's: the settings with the site's name are the server's.
 */
export function NotFound({ title = 'Not found' }: { title?: string }) {
  return (
    <>
      <title>{title}</title>
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
