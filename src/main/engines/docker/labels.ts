import os from 'node:os';
import { sha256 } from '../../lib/sha256.ts';

/** Labels on everything that Drydock makes, which distinguish it from everything else. */
export const labels = {
  /**
   * The data folder that it belongs to; see `homeId`. Not on images, which all data folders share.
   */
  home: 'dev.drydock.home',
  /** The path of that folder: what belongs to a deleted folder is a leftover. */
  data: 'dev.drydock.data',
  /** The machine of that folder: a daemon may serve several, each with its own paths. */
  machine: 'dev.drydock.machine',
  /** `workspace`, `chain`, `app`, `network`, `volume` or `image`. */
  kind: 'dev.drydock.kind',
  /**
   * Name of the chain or app, id of the project (of a workspace or a volume), or the purpose of an
   * image.
   */
  name: 'dev.drydock.name',
  /** Hash of what it was made from; with another hash it must be made again. */
  spec: 'dev.drydock.spec',
  /** Port on 127.0.0.1 of the host, of a chain. */
  port: 'dev.drydock.port',
  /** Folder of the host that a chain works in. */
  folder: 'dev.drydock.folder',
  /** Mark of the process that started a chain: it may be about to record it. */
  starter: 'dev.drydock.starter',
  /** On a workspace that is removed after its run. */
  once: 'dev.drydock.once',
  /** Of an app: the ids of its project and its deployment. */
  project: 'dev.drydock.project',
  deployment: 'dev.drydock.deployment',
  /** On a network between a service and the chain that it needs: the latter's container name. */
  upstream: 'dev.drydock.upstream',
  /** Drydock's version. */
  version: 'dev.drydock.version',
} as const;

/** The network of all containers of earlier versions. */
export const OLD_NETWORK = 'drydock';

export const hash = (...parts: string[]): string => sha256(parts.join('\0')).slice(0, 12);

/** Distinguishes the containers of one data folder from those of another. */
export const homeId = (dataFolder: string): string => hash(dataFolder).slice(0, 8);

/** Identifies this machine among those that use the same daemon. */
export const machine = hash(os.hostname());

/** A container's or volume's name from words with any characters. */
export const named = (...words: string[]): string =>
  ['drydock', ...words.map((word) => word.replace(/[^a-zA-Z0-9_.-]+/g, '-'))].join('-');

/** The number in a label; null when there is none. */
export const numberOf = (label: string | undefined): number | null =>
  label !== undefined && /^\d+$/.test(label) ? Number(label) : null;
