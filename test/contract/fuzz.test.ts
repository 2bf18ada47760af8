import { isAboutDocker } from './examples.ts';
import { fuzz } from './fuzz.ts';

fuzz({ docker: false, isFor: (name) => !isAboutDocker(name) });
