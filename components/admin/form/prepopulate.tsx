'use client';

import { useEffect } from 'react';
import { slugOf } from '@/components/admin/form/slug';
import type { Prepopulated } from '@/lib/contrib/admin/form/change-form';

/**
 * Fills fields while those are typed from which they are made, until somebody types into them. Draws
 * nothing; without scripts they are typed.
 * Django: static/admin/js/prepopulate.js
 */
export function Prepopulate({ fields }: { fields: readonly Prepopulated[] }) {
  useEffect(() => {
    const stops = fields.map(follow);
    return () => {
      for (const stop of stops) stop();
    };
  }, [fields]);
  return null;
}

function follow({ name, from, maxLength }: Prepopulated): () => void {
  const target = controlOf(name);
  const sources = from.flatMap((each) => controlOf(each) ?? []);
  const controller = new AbortController();
  const { signal } = controller;
  let isTyped = target === null || target.value !== '';
  target?.addEventListener(
    'input',
    ({ isTrusted }) => {
      isTyped ||= isTrusted;
    },
    { signal },
  );
  const fill = () => {
    if (isTyped || target === null) return;
    const text = sources.map(({ value }) => value).join(' ');
    target.value = slugOf(text, maxLength);
    // Told to whoever watches the form for what is not saved.
    target.dispatchEvent(new Event('input', { bubbles: true }));
  };
  for (const source of sources) source.addEventListener('input', fill, { signal });
  return () => controller.abort();
}

function controlOf(name: string): HTMLInputElement | HTMLTextAreaElement | null {
  const found = document.getElementById(`id_${name}`);
  const isText = found instanceof HTMLInputElement || found instanceof HTMLTextAreaElement;
  return isText ? found : null;
}
