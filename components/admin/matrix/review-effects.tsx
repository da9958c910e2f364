import { visibleText } from '@/lib/core/text';
import type { MatrixEffect } from '@/lib/extras/matrix/matrix-effects';
import type { People } from '@/lib/extras/matrix/matrix-people';

// More are counted, not named.
const NAMES = 20;

type Props = { effects: readonly MatrixEffect[]; actorId: number };

/** For each permission who can do it afterwards that could not before, and the other way round. */
export function ReviewEffects({ effects, actorId }: Props) {
  const felt = effects.filter(({ gains, losses }) => gains.count + losses.count > 0);
  const unfelt = effects.length - felt.length;
  return (
    <div className="space-y-3">
      <dl className="divide-y divide-line">
        {felt.map(({ perm, gains, losses }) => (
          <div key={perm} className="grid gap-x-6 py-2 sm:grid-cols-[18rem_minmax(0,1fr)]">
            <dt>
              <code>{perm}</code>
            </dt>
            <dd>
              <Sentence people={gains} actorId={actorId} verb={['gains it', 'gain it']} />
              <Sentence people={losses} actorId={actorId} verb={['loses it', 'lose it']} />
            </dd>
          </div>
        ))}
      </dl>
      {unfelt > 0 && (
        <p className="text-muted">
          {felt.length === 0
            ? 'Nobody gains or loses anything by this now.'
            : `Of the other ${unfelt === 1 ? 'permission' : `${unfelt} permissions`} nobody gains or loses anything now.`}
        </p>
      )}
    </div>
  );
}

type SentenceProps = { people: People; actorId: number; verb: [one: string, several: string] };

function Sentence({ people: { count, first }, actorId, verb }: SentenceProps) {
  if (count === 0) return null;
  const named = first.slice(0, NAMES);
  const rest = count - named.length;
  const people = count === 1 ? '1 person' : `${count.toLocaleString('en')} people`;
  const isYou = count === 1 && named[0]?.id === actorId;
  return (
    <p>
      {named.map(({ id, username }, i) => (
        <span key={id}>
          {i > 0 && (i === count - 1 ? ' and ' : ', ')}
          <bdi className="font-semibold">{id === actorId ? 'you' : visibleText(username)}</bdi>
        </span>
      ))}
      {named.length > 0 && rest > 0 && ` and ${rest.toLocaleString('en')} more`}
      {named.length === 0 && <span className="font-semibold">{people}</span>}
      {` ${count === 1 && !isYou ? verb[0] : verb[1]}`}
      {named.length > 0 && <span className="text-muted">{` · ${people}`}</span>}
    </p>
  );
}
