/** Plain text as it was written: a blank line parts paragraphs, a line break stays one. */
export function Prose({ text }: { text: string }) {
  const paragraphs = [...text.matchAll(/\S(?:[^\r\n]|\r(?!\n)|\r?\n(?!\r?\n))*/g)];
  return (
    <div className="max-w-2xl space-y-4">
      {paragraphs.map(({ 0: paragraph, index }) => (
        <p key={index} className="whitespace-pre-line" dir="auto">
          {paragraph}
        </p>
      ))}
    </div>
  );
}
