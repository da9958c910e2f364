import { afterAll, vi } from 'vitest';
import { fixSettings } from './project-settings';

fixSettings();

// The files of a worker share its clock too.
afterAll(() => {
  vi.useRealTimers();
});
