type Props = { params: URLSearchParams; without: readonly string[] };

/** The rest of a list's query, which its own forms send along; what begins anew is `without`. */
export function KeptParams({ params, without }: Props) {
  const kept = new Map(
    [...params].flatMap((pair) =>
      without.includes(pair[0]) ? [] : [[pair.join('='), pair] as const],
    ),
  );
  return [...kept].map(([key, [name, value]]) => (
    <input key={key} type="hidden" name={name} value={value} />
  ));
}
