import { ButtonLink } from '@/components/button';

/** The page of a 400: a request that no link or form here makes. */
export function BadRequest() {
  return (
    <>
      <title>Bad request · Gatehouse</title>
      <h1 className="text-title">This request makes no sense here</h1>
      <p className="mt-2 max-w-2xl text-muted">
        It was not made by a link or form of this site, or what it belonged to has ended meanwhile.
        Nothing was changed.
      </p>
      <div className="mt-8">
        <ButtonLink href="/">Go to the start page</ButtonLink>
      </div>
    </>
  );
}
