/** The page of a 500. It asks nothing of the database, and draws without the layout, too. */
export function ServerError({ reference }: { reference: string }) {
  return (
    <>
      <title>Something failed</title>
      <h1 className="text-title">Something failed on the server</h1>
      <div className="mt-2 max-w-2xl space-y-3 text-muted">
        <p>It is not your doing. What happened is in the server's log; try again in a moment.</p>
        {reference !== '' && (
          <p>
            If it happens again, tell the people who run this site this reference:{' '}
            <code className="text-ink select-all">{reference}</code>
          </p>
        )}
      </div>
      <p className="mt-8">
        <a href="/" className="text-accent underline underline-offset-4">
          Go to the start page
        </a>
      </p>
    </>
  );
}
