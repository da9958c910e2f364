import { DateTime } from '@/components/date-time';

type Props = { ticket: string | null; expires: Date; isExpired: boolean };

/** The ticket to hand over, as long as it is shown; afterwards that there is one. */
export function HandedTicket({ ticket, expires, isExpired }: Props) {
  return (
    <div className="max-w-2xl space-y-2">
      {ticket !== null && (
        <>
          <p className="rounded-field border border-line bg-sunken px-3 py-2">
            <code data-ticket>{ticket}</code>
          </p>
          <p>
            Hand it to them, in person or on a line on which you know their voice; not by mail. It
            is shown here for ten minutes and nowhere again.
          </p>
        </>
      )}
      <p className="text-muted">
        {isExpired ? 'It has expired, on ' : 'Their next sign-in asks for it, until '}
        <DateTime value={expires} />
        {isExpired && '. Reset once more to make another: without one they set up no factor'}.
      </p>
    </div>
  );
}
