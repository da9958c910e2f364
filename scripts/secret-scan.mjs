// Looks for secrets in what git tracks: keys and tokens by the shapes that their makers gave them.
// Ends with 1 when there is one, and names file and line, never the secret.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

const SHAPES = {
  'a private key': /-----BEGIN (?:[A-Z]+ )*PRIVATE KEY-----\s*\n[A-Za-z0-9+/=\s]{64}/,
  'an AWS key': /\b(?:AKIA|ASIA)[A-Z2-7]{16}\b/,
  'a GitHub token': /\b(?:gh[pousr]_[A-Za-z0-9]{36,}|github_pat_\w{60,})\b/,
  'a GitLab token': /\bglpat-[\w-]{20,}\b/,
  'a Slack token': /\bxox[abprs]-[A-Za-z0-9-]{20,}\b/,
  'a Stripe key': /\b[rs]k_live_[A-Za-z0-9]{20,}\b/,
  'a Google key': /\bAIza[\w-]{35}\b/,
  'an npm token': /\bnpm_[A-Za-z0-9]{36}\b/,
  'a signed JWT': /\beyJ[\w-]{16,}\.eyJ[\w-]{16,}\.[\w-]{32,}\b/,
  'a value of SECRET_KEY': /^\s*(?:export )?SECRET_KEY(?:_FALLBACKS)?=["']?[\w+/=-]{32,}/m,
  'an action key': /^\s*(?:export )?NEXT_SERVER_ACTIONS_ENCRYPTION_KEY=["']?[A-Za-z0-9+/]{43}=/m,
  'a password in an address':
    /\b(?:postgres(?:ql)?|mysql|smtps?|https?):\/\/[^\s:@/'"`$<>]+:[^\s:@/'"`$<>]{12,}@(?!localhost|127\.)/,
};

/** What is found in a text: [what, line number] pairs. */
export function findSecrets(text) {
  return Object.entries(SHAPES).flatMap(([what, shape]) => {
    const at = text.search(shape);
    return at === -1 ? [] : [[what, text.slice(0, at).split('\n').length]];
  });
}

if (process.argv[1] === import.meta.filename) {
  const files = execFileSync('git', ['ls-files', '-z'], { encoding: 'utf8' }).split('\0');
  const found = files.filter(Boolean).flatMap((file) => {
    const bytes = readFileSync(file);
    const isBinary = bytes.includes(0);
    return isBinary ? [] : findSecrets(bytes.toString()).map((one) => [file, ...one]);
  });
  for (const [file, what, line] of found) console.error(`${file}:${line} looks like ${what}.`);
  console.log(`${files.length - 1} files looked through for secrets, ${found.length} found.`);
  process.exit(found.length > 0 ? 1 : 0);
}
