import { settings } from '@/lib/conf/settings';
import { LAYERS } from '../lint/layers';

/** The layers as a Mermaid flowchart, the highest first: what stands higher may import what is lower. */
export function layerDiagram(): string {
  const names = ['app', ...LAYERS.map(({ at }) => at.join(', ')).toReversed()];
  const boxes = names.map((name, i) => `  l${i}["${name}"]`);
  const arrows = names.slice(1).map((_, i) => `  l${i} --> l${i + 1}`);
  return mermaid(['flowchart TB', ...boxes, '  c["components"]', '  l0 --> c', ...arrows]);
}

/** One request for a private page, with the middleware that the settings list. */
export function requestDiagram(): string {
  const steps = settings.MIDDLEWARE.map((name) => `  E->>E: ${name}`);
  return mermaid([
    'sequenceDiagram',
    '  participant B as Browser',
    '  participant H as Front door and request hook (Node)',
    '  participant E as middleware.ts (Edge)',
    '  participant G as Guard of the page',
    '  participant D as Database',
    '  B->>H: GET /dashboard/',
    '  H->>E: with X-Forwarded-* corrected',
    ...steps,
    '  E-->>B: a stranger: 302 to LOGIN_URL?next=',
    '  E->>G: else the page itself',
    '  G->>D: session and user, one statement',
    '  G->>D: permissions, if asked for',
    '  G-->>B: 200 with the page, or 403, 404 with their page',
  ]);
}

function mermaid(lines: readonly string[]): string {
  return ['```mermaid', ...lines, '```'].join('\n');
}
