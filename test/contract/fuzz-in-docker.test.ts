import { whyNoPrivateDaemon } from '#test/harness/docker-daemon.ts';
import { skipAloud } from '#test/harness/skip.ts';
import { isAboutDocker } from './examples.ts';
import { fuzz } from './fuzz.ts';

const noDocker = skipAloud('junk for a Docker daemon', whyNoPrivateDaemon());

fuzz({ docker: !noDocker, isFor: isAboutDocker });
