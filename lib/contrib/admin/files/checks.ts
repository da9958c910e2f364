import { settings } from '@/lib/conf/settings';
import { type FieldMeta, modelMeta } from '@/lib/contrib/admin/meta';
import { type CheckMessage, checkError, checkWarning } from '@/lib/core/checks/registry';
import { ImproperlyConfigured } from '@/lib/core/exceptions';
import { bytesText } from '@/lib/core/files/file-rules';
import { defaultStorage } from '@/lib/core/files/storage/default-storage';
import { modelsWithFiles } from './file-fields';

/**
 * A storage that cannot work as it is set, a file in a column that holds no name, and files that are
 * larger than any form.
 * Django: core/checks/files.py; FileField.check
 */
export async function checkFiles(): Promise<CheckMessage[]> {
  const models = modelsWithFiles();
  const fields = models.flatMap(({ key }) =>
    [...modelMeta(key).fields.values()].flatMap((field) => checkField(key, field)),
  );
  return [...(await checkStorage()), ...fields];
}

async function checkStorage(): Promise<CheckMessage[]> {
  try {
    await defaultStorage();
    return [];
  } catch (error) {
    if (!(error instanceof ImproperlyConfigured)) throw error;
    return [checkError('files.E101', error.message, 'Correct STORAGES in lib/site/settings.ts.')];
  }
}

function checkField(key: string, field: FieldMeta): CheckMessage[] {
  if (!('file' in field) || field.file === undefined) return [];
  const { maxSize = 0 } = field.file;
  if (field.kind !== 'text') {
    const message = `The field "${field.name}" of ${key} is declared as a file, and is no String.`;
    return [checkError('files.E102', message, 'A column of a file holds its name.')];
  }
  const most = settings.DATA_UPLOAD_MAX_MEMORY_SIZE;
  if (maxSize <= most) return [];
  return [
    checkWarning(
      'files.W101',
      `The field "${field.name}" of ${key} takes files of ${bytesText(maxSize)}, and no form of more than ${bytesText(most)} arrives.`,
      'Raise DATA_UPLOAD_MAX_MEMORY_SIZE, or lower maxSize.',
    ),
  ];
}
