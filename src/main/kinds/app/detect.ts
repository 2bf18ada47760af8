import path from 'node:path';
import { foldersBelow } from '../../lib/folders-below.ts';
import type { Candidate } from '../../shared/kind.ts';
import type { DockerfileFacts } from './dockerfile.ts';
import { readDockerfileIn, usualDockerfile } from './dockerfile-in.ts';
import { DOCKERFILE_NAMES } from './dockerfile-names.ts';
import { appInfo } from './info.ts';

/** Whether a folder can be built and run as an app: it holds a Dockerfile. Runs nothing of it. */
export function detectApp(folder: string): Candidate | null {
  const name = usualDockerfile(folder);
  if (name === undefined) return null;
  const read = readDockerfileIn(folder, name);
  return {
    kind: appInfo.id,
    label: appInfo.label,
    path: folder,
    evidence: 'facts' in read ? evidenceOf(name, read.facts) : [`There is a ${name}.`],
    problems: 'facts' in read ? [] : [read.problem],
  };
}

/** The folders one or two levels below that hold a Dockerfile; absolute, the nearest first. */
export const appsBelow = (folder: string): string[] =>
  foldersBelow(folder, (files, one) =>
    DOCKERFILE_NAMES.some((name) => files.stat(path.join(one, name))?.isFile()),
  );

function evidenceOf(name: string, { base, ports, openPorts, user, healthCheck }: DockerfileFacts) {
  const exposed = [...ports.map(String), ...openPorts];
  return [
    `${name} builds from ${base}.`,
    exposed.length === 0
      ? `${name} exposes no port; that of the service is the base image's, or is asked for.`
      : `${name} exposes ${exposed.length === 1 ? 'port' : 'the ports'} ${exposed.join(', ')}.`,
    ...(user ? [`It runs as ${user}.`] : []),
    ...(healthCheck ? [`It checks its health with "${healthCheck}".`] : []),
  ];
}
