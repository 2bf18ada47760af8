import os from 'node:os';
import { sha256 } from '../../kit/sha256.ts';

/** Labels on everything that we make, by which it's told from what isn't ours. */
export const labels = {
  /** Of which data folder it is; see `homeId`. Not on images: all of them share those. */
  home: 'dev.drydock.home',
  /** That folder itself: what belongs to one that is gone is a leftover. */
  data: 'dev.drydock.data',
  /** On which machine that folder is: a daemon may serve several, each with paths of its own. */
  machine: 'dev.drydock.machine',
  /** `workspace`, `chain` or `image`. */
  kind: 'dev.drydock.kind',
  /** Name of the chain, id of the project, or `foundry`, `hardhat`, `project` of an image. */
  name: 'dev.drydock.name',
  /** Hash of what it was made from; another one means that it must be made again. */
  spec: 'dev.drydock.spec',
  /** Port on 127.0.0.1 of the host, of a chain. */
  port: 'dev.drydock.port',
  /** Folder of the host that a chain works in. */
  folder: 'dev.drydock.folder',
  /** On a workspace that is removed after its run. */
  once: 'dev.drydock.once',
  /** Drydock's version. */
  version: 'dev.drydock.version',
} as const;

/** The network that all our containers are in. Nothing else is. */
export const NETWORK = 'drydock';

export const hash = (...parts: string[]): string => sha256(parts.join('\0')).slice(0, 12);

/** Tells the containers of one data folder from those of another. */
export const homeId = (dataFolder: string): string => hash(dataFolder).slice(0, 8);

/** This machine, told from others that use the same daemon. */
export const machine = hash(os.hostname());

/** A container's or volume's name from words that may hold anything. */
export const named = (...words: string[]): string =>
  ['drydock', ...words.map((word) => word.replace(/[^a-zA-Z0-9_.-]+/g, '-'))].join('-');
