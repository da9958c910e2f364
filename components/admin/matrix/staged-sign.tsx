/** The sign of a permission that is to be given: a plus in a full disc. */
export function GivenShape() {
  return (
    <>
      <circle cx="8" cy="8" r="7" fill="currentColor" />
      <path d="M8 4.5v7M4.5 8h7" stroke="var(--color-surface)" strokeWidth="1.75" />
    </>
  );
}

/** The sign of a permission that is to be taken away: a minus in an open ring. */
export function TakenShape() {
  return (
    <g fill="none" stroke="currentColor" strokeWidth="1.75">
      <circle cx="8" cy="8" r="6" strokeDasharray="2.6 1.6" />
      <path d="M5 8h6" />
    </g>
  );
}
