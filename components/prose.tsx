/** Plain text as it was written: a blank line parts paragraphs, a line break stays one. */
export function Prose({ text }: { text: string }) {
  const paragraphs = text.split(/(?:\r?\n){2,}/);
  return (
    <div className="max-w-2xl space-y-4">
      {paragraphs.map((paragraph, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: paragraphs have no other identity.
        <p key={index} className="whitespace-pre-line" dir="auto">
          {paragraph}
        </p>
      ))}
    </div>
  );
}
