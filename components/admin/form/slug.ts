/**
 * A text as a part of an address: letters without their marks, digits and hyphens, in small letters, at
 * most `maxLength` of them.
 * Django: static/admin/js/urlify.js; django/utils/text.py slugify
 */
export function slugOf(text: string, maxLength: number): string {
  return text
    .normalize('NFKD')
    .replaceAll('ß', 'ss')
    .replace(/[^\w\s-]/g, '')
    .trim()
    .toLowerCase()
    .replace(/[-\s]+/g, '-')
    .slice(0, maxLength)
    .replace(/^[-_]+|[-_]+$/g, '');
}
