/** What the Enter key presses, whichever button stands first. */
export function FirstButton({ name }: { name: string }) {
  return (
    <button type="submit" name={name} value="Save" tabIndex={-1} aria-hidden className="sr-only">
      Save
    </button>
  );
}
