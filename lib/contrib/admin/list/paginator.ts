/** Page numbers to link to; null stands for those left out between two of them. */
export type PageRange = readonly (number | null)[];

const AROUND = 2;
const AT_ENDS = 1;

/**
 * The pages to link to from one of them: all if they are few, else those around it and at both ends.
 * Django: django/core/paginator.py Paginator.get_elided_page_range
 */
export function elidedPageRange(page: number, pageCount: number): PageRange {
  const isShown = (number: number) =>
    number <= AT_ENDS || number > pageCount - AT_ENDS || Math.abs(number - page) <= AROUND;
  const numbers = [1, pageCount];
  for (let number = page - AROUND - 1; number <= page + AROUND + 1; number += 1) {
    // A gap of one page is no shorter than the page.
    const fillsGap = isShown(number - 1) && isShown(number + 1);
    if (isShown(number) || fillsGap) numbers.push(number);
  }
  const pages = [...new Set(numbers)]
    .filter((number) => number >= 1 && number <= pageCount)
    .sort((a, b) => a - b);
  return pages.flatMap((number, i) => {
    const before = pages[i - 1];
    return before !== undefined && number > before + 1 ? [null, number] : [number];
  });
}
