import type { ReactNode } from 'react';
import { GivenShape, TakenShape } from '@/components/admin/matrix/staged-sign';
import { GlyphShape, type GlyphState } from '@/components/permissions/glyph';

type Props = { isUser: boolean; mayChange: boolean; hasLocked: boolean };

const ofUsers: [GlyphState, string][] = [
  ['group', 'Through a group'],
  ['superuser', 'Superuser'],
  ['void', 'Void: inactive'],
];

/** The signs of the cells with their words. */
export function MatrixLegend({ isUser, mayChange, hasLocked }: Props) {
  return (
    <ul aria-label="Signs" className="matrix-legend">
      <Entry words="Granted">
        <GlyphShape state="granted" />
      </Entry>
      {isUser &&
        ofUsers.map(([state, words]) => (
          <Entry key={state} words={words}>
            <GlyphShape state={state} />
          </Entry>
        ))}
      <Entry words="Not granted" look="text-muted">
        <GlyphShape state="empty" />
      </Entry>
      {mayChange && (
        <>
          <Entry words="To be given">
            <GivenShape />
          </Entry>
          <Entry words="To be taken away" look="text-danger">
            <TakenShape />
          </Entry>
        </>
      )}
      {mayChange && hasLocked && <li className="text-muted">Dimmed: not yours to grant</li>}
    </ul>
  );
}

type EntryProps = { words: string; look?: string; children: ReactNode };

function Entry({ words, look = 'text-accent', children }: EntryProps) {
  return (
    <li className="flex items-center gap-1.5">
      <svg viewBox="0 0 16 16" aria-hidden="true" className={`size-3.5 shrink-0 ${look}`}>
        {children}
      </svg>
      {words}
    </li>
  );
}
