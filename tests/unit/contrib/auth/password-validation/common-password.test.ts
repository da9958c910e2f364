import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { codesOf, withValidator } from '@/tests/support/auth/judge';

const COMMON = 'password_too_common';

describe('CommonPasswordValidator', () => {
  const codes = (password: string, options = {}) =>
    withValidator('CommonPasswordValidator', options, () => codesOf(password));

  it('knows the lists of Django 3.2 and of 5.2', async () => {
    expect(await codes('ltybcrj1992')).toEqual([COMMON]);
    expect(await codes('fuku00198')).toEqual([COMMON]);
    expect(await codes('correct horse battery staple')).toEqual([]);
  });

  it("strips the space that Python's strip does", async () => {
    expect(await codes('\x1fpassword\u3000')).toEqual([COMMON]);
    expect(await codes('\ufeffpassword')).toEqual([]);
  });

  it('takes another list, compressed or not', async () => {
    const passwordListPath = path.join(tmpdir(), `gatehouse-list-${process.pid}.txt`);
    await writeFile(passwordListPath, 'from-our-own-list\n\n');
    expect(await codes('From-our-own-list', { passwordListPath })).toEqual([COMMON]);
    expect(await codes('password', { passwordListPath })).toEqual([]);
    expect(await codes('', { passwordListPath })).toEqual([]);
  });

  it('is read from the disk once', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'gatehouse-passwords-'));
    const passwordListPath = path.join(folder, 'passwords.txt');
    await writeFile(passwordListPath, 'once-and-common\n');
    expect(await codes('once-and-common', { passwordListPath })).toEqual([COMMON]);
    await rm(folder, { recursive: true });
    expect(await codes('once-and-common', { passwordListPath })).toEqual([COMMON]);
  });
});
