import { Glyph } from '@/components/permissions/glyph';
import type { Mark as MarkName } from '@/lib/extras/why/reason-tree';

const words: Record<MarkName, string> = {
  yes: 'Yes',
  no: 'No',
  void: 'Void',
  denied: 'Denied',
  'not reached': 'Not reached',
};

const shapes: Record<Exclude<MarkName, 'void'>, string> = {
  yes: 'M3 8.5 6.5 12 13 4.5',
  no: 'M4 4l8 8M12 4l-8 8',
  denied: 'M8 2a6 6 0 1 0 0 12A6 6 0 0 0 8 2M4.5 8h7',
  'not reached': 'M4 8h8',
};

const color: Record<Exclude<MarkName, 'void'>, string> = {
  yes: 'text-accent',
  no: 'text-muted',
  denied: 'text-danger',
  'not reached': 'text-muted',
};

/** What became of one reason. */
export function Mark({ mark }: { mark: MarkName }) {
  if (mark === 'void') return <Glyph state="void" label={words.void} />;
  return (
    <svg
      viewBox="0 0 16 16"
      role="img"
      aria-label={words[mark]}
      className={`inline-block size-3.5 shrink-0 ${color[mark]}`}
    >
      <title>{words[mark]}</title>
      <path
        d={shapes[mark]}
        fill="none"
        stroke="currentColor"
        strokeWidth="1.75"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </svg>
  );
}
