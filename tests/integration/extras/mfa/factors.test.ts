import { setUp } from './set-up';
import './enrolment';
import './policy';
import './reset';

setUp();
