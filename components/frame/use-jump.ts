'use client';

import { useRouter } from 'next/navigation';
import { useTransition } from 'react';
import { whenFree } from '@/components/leaving/unsaved';

/**
 * A jump to an address that no link was pressed for, and whether its page is on its way: what is
 * unsaved is asked about first.
 */
export function useJump(): { jump: (href: string) => void; isPending: boolean } {
  const router = useRouter();
  const [isPending, start] = useTransition();
  return { jump: (href) => whenFree(() => start(() => router.push(href))), isPending };
}
