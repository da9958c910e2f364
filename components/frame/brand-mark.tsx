/** A gate: an arch with its portcullis. The favicon, app/icon.svg, is the same drawing. */
export function BrandMark() {
  return (
    <svg viewBox="0 0 20 20" className="size-5 text-accent" aria-hidden="true">
      <path
        d="M3 18V9a7 7 0 0 1 14 0v9M7.667 18V5.5M12.333 18V5.5M3 12h14"
        fill="none"
        stroke="currentColor"
        strokeWidth="2"
        strokeLinecap="round"
      />
    </svg>
  );
}
