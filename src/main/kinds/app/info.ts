import { describeKind, type KindInfo } from '../../shared/kind.ts';
import { DOCKERFILE_NAMES } from './dockerfile-names.ts';

/** Seconds that the previous release goes on after the new one has taken over. */
export const WINDOW_S = 5;
/** Seconds that an app may take until it responds. */
export const TIMEOUT_S = 60;

/** A folder with a Dockerfile, deployed as a service. */
export const appInfo: KindInfo = describeKind({
  id: 'app',
  label: 'App',
  icon: 'container',
  markers: DOCKERFILE_NAMES,
  target: 'runtime',
  family: 'services',
  phases: [
    { id: 'build', label: 'Build', limit: 3600, afterCrash: 'check' },
    { id: 'start', label: 'Start', limit: 300, afterCrash: 'check' },
    // Its own input says how long it may take.
    { id: 'probe', label: 'Probe', limit: null, afterCrash: 'check' },
    { id: 'record', label: 'Record', limit: null, afterCrash: 'check' },
  ],
  inputs: [
    {
      name: 'port',
      control: 'port',
      label: 'Port',
      help: 'That the app listens on in its container; default: the only one that the image exposes.',
      remembered: true,
    },
    {
      name: 'path',
      control: 'text',
      label: 'Health path',
      help: 'Where the app must respond with success before it takes over, e.g. /healthz; default: / with any response below 500.',
      remembered: true,
    },
    {
      name: 'env',
      control: 'env',
      label: 'Environment',
      help: 'NAME=value, or NAME alone to take the value that is kept for it, or that of the environment of Drydock, and store it nowhere.',
      option: '--env <NAME=value>',
      repeatable: true,
      remembered: true,
    },
    {
      name: 'dockerfile',
      control: 'file',
      label: 'Dockerfile',
      help: "Relative to the project's folder, and within it; default: Dockerfile.",
      remembered: true,
      advanced: true,
    },
    {
      name: 'imageUser',
      control: 'switch',
      label: 'Run as the user that the image names, root too',
      help: 'Otherwise what an image would run as root runs without its rights.',
      remembered: true,
      advanced: true,
    },
    {
      name: 'timeout',
      control: 'number',
      label: 'Time to respond',
      help: `Seconds that the app may take until it responds; default: ${TIMEOUT_S}.`,
      remembered: true,
      advanced: true,
    },
    {
      name: 'window',
      control: 'number',
      label: 'Window',
      help: `Seconds that the previous release goes on after the new one has taken over; default: ${WINDOW_S}.`,
      remembered: true,
      advanced: true,
    },
  ],
  actions: [],
});
