import { setUp } from './set-up';
import './enrolment';
import './on-the-way-in';
import './policy';
import './reset';

setUp();
