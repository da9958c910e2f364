/** The server did not give options, and says why if it can. */
export class NoOptions extends Error {
  override name = 'NoOptions';
}

/** What the server at `address` gives for a ceremony of this purpose. Throws NoOptions where it gives none. */
export async function optionsFor(address: string, purpose: string) {
  const response = await fetch(address, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/json' },
    body: JSON.stringify({ purpose }),
  });
  const answer = response.headers.get('content-type')?.startsWith('application/json')
    ? await response.json()
    : {};
  if (!response.ok) throw new NoOptions(typeof answer.message === 'string' ? answer.message : '');
  return answer;
}
