import { setUp } from './set-up';
import './codes';
import './trust';
import './half-signed-in';
import './ways-in';

setUp();
