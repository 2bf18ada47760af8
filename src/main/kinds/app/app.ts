import type { RuntimeTarget } from '../../targets/runtime/runtime.ts';
import type { Kind } from '../kind.ts';
import { appsBelow, detectApp } from './detect.ts';
import { appInfo } from './info.ts';
import { type AppInput, askedInput, normalizeInput, titleOf } from './input.ts';
import { runApp } from './run.ts';
import { whatRuns } from './what-runs.ts';

/** A folder with a Dockerfile: its image runs as a service of this machine. */
export function app(): Kind<AppInput, RuntimeTarget, null> {
  return {
    info: appInfo,
    input: askedInput,
    detect: async (folder) => detectApp(folder),
    candidatesBelow: appsBelow,
    whatRuns,
    choices: async () => ({ entries: [] }),
    normalize: async (asked, folder) => normalizeInput(asked, folder),
    changed: (before, changes) => ({ ...before, ...changes }),
    title: titleOf,
    needs: () => null,
    run: runApp,
    // A release serves from the moment that it is recorded; before that it counts for nothing.
    recover: async ({ result }) => result,
    close: () => undefined,
  };
}
