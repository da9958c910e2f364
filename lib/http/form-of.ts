import { SuspiciousOperation } from '@/lib/core/exceptions';

/** The form that a request carries. Throws SuspiciousOperation for one that carries none. */
export async function formOf(request: Request): Promise<FormData> {
  try {
    return await request.formData();
  } catch {
    throw new SuspiciousOperation('What was sent is no form.');
  }
}
