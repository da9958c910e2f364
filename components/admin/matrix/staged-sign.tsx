/** The sign of a permission that is to be given: a plus in a full disc. */
export function GivenShape() {
  return (
    <path
      d="M8 1a7 7 0 1 0 0 14A7 7 0 0 0 8 1Zm-.9 3.5h1.8v2.6h2.6v1.8H8.9v2.6H7.1V8.9H4.5V7.1h2.6Z"
      fill="currentColor"
      fillRule="evenodd"
    />
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
