import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** A disk of 3 MiB in memory at `folder`, until `remove`. */
export function smallDisk(): { folder: string; isMounted: boolean; remove: () => void } {
  const folder = mkdtempSync(path.join(tmpdir(), 'gatehouse-disk-'));
  const args = ['-t', 'tmpfs', '-o', 'size=3m', 'tmpfs', folder];
  const isMounted = spawnSync('mount', args).status === 0;
  const remove = () => {
    if (isMounted) spawnSync('umount', ['-l', folder]);
    rmSync(folder, { recursive: true, force: true });
  };
  return { folder, isMounted, remove };
}

/** A small disk is a matter for root on Linux, and not in every container. */
export function canMount(): boolean {
  const { isMounted, remove } = smallDisk();
  remove();
  return isMounted;
}
