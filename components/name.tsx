import { visibleText } from '@/lib/core/text';

/**
 * What somebody called something: in its own direction of writing, and a dash where nothing of it
 * could be seen or hit.
 */
export function Name({ text, className }: { text: string; className?: string }) {
  return <bdi className={className}>{visibleText(text)}</bdi>;
}
