import { Glyph, type GlyphState } from '@/components/permissions/glyph';

const entries: [GlyphState, string, string][] = [
  ['granted', 'Granted here', 'Given to this person, or this group, itself.'],
  ['group', 'Through a group', 'Every member of the group has it, for as long as they are in it.'],
  ['superuser', 'Superuser', 'Everything is allowed, and nothing had to be granted.'],
  ['void', 'Void', 'Granted, but the account is inactive, so it does not count.'],
  ['empty', 'Not granted', 'Nobody gave it.'],
  ['lock', 'Not yours to grant', 'Nobody grants what they do not hold.'],
];

/** The signs with their words; the sign itself stays silent to screen readers, which read the words. */
export function GlyphLegend() {
  return (
    <dl className="space-y-3">
      {entries.map(([state, term, meaning]) => (
        <div
          key={state}
          className="grid grid-cols-[1.5rem_minmax(0,1fr)] sm:grid-cols-[1.5rem_10rem_minmax(0,1fr)]"
        >
          <dt className="col-span-2 grid grid-cols-subgrid items-center font-semibold">
            <span aria-hidden="true" className="flex">
              <Glyph state={state} />
            </span>
            {term}
          </dt>
          <dd className="col-start-2 text-muted sm:col-start-3">{meaning}</dd>
        </div>
      ))}
    </dl>
  );
}
