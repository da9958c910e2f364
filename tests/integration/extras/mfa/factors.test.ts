import { setUp } from './set-up';
import './enrolment';
import './import-allauth';
import './on-the-way-in';
import './policy';
import './reset';

setUp();
