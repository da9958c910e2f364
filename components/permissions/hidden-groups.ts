/** How many groups hold a permission whose names a person may not read, as a sentence begins. */
export function hiddenGroupsText(count: number): string {
  return count === 1
    ? 'One group that you may not view holds'
    : `${count.toLocaleString('en')} groups that you may not view hold`;
}
