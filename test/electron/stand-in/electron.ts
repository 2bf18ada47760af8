// The part of Electron's main process that the shell uses, over a real Chromium. What the shell
// doesn't use isn't there, so that using more fails aloud. Types come from Electron's own.

import * as electron from './modules.ts';
import { listenToTest } from './remote.ts';

export * from './modules.ts';

listenToTest(electron);
