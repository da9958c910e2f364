import { fixSettings } from './project-settings';

fixSettings();
