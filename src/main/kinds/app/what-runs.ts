import { usualDockerfile } from './dockerfile-in.ts';

/** What of a project's own code a deploy runs, as sentences. */
export const whatRuns = (folder: string): string[] => [
  `Docker builds an image from its ${usualDockerfile(folder) ?? 'Dockerfile'}: the commands in there run in the build, and can reach the network.`,
  'What the image starts runs in a container that sees none of your files, without privileges, and is reached at 127.0.0.1.',
];
