import Link from 'next/link';
import type { Banner } from '@/lib/http/banners';

/** What no page may hide: above everything, without a way to close it. */
export function Banners({ banners }: { banners: readonly Banner[] }) {
  return banners.map(({ name, text, link }) => (
    <div key={name} role="status" className="border-b border-danger bg-surface px-4 py-2 sm:px-6">
      <p className="mx-auto flex w-full max-w-page flex-wrap items-baseline gap-x-4 gap-y-1">
        <span className="min-w-0 wrap-anywhere">
          {text.map((part) =>
            typeof part === 'string' ? (
              <bdi key={part}>{part}</bdi>
            ) : (
              <bdi key={part.strong} className="font-semibold">
                {part.strong}
              </bdi>
            ),
          )}
        </span>
        <Link
          href={link.href}
          prefetch={false}
          className="font-semibold text-danger underline underline-offset-4"
        >
          {link.label}
        </Link>
      </p>
    </div>
  ));
}
