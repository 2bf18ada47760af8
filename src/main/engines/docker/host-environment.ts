import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type Docker from 'dockerode';
import { proxies } from '../../lib/proxies.ts';
import { extraCertificates, withUsual } from './certificates.ts';
import { containerPath } from './container-path.ts';
import { hash } from './labels.ts';

const BUNDLE = '/etc/drydock/ca.pem';

export interface HostEnvironmentDependencies {
  dataFolder: string;
  /** A file with certificates from the settings; empty: none. */
  caFile: () => string;
  /** Folders of the data folder that containers may read, under their own path. */
  shared: readonly string[];
}

/** What Drydock's containers take over from this machine: proxies, certificates, shared folders. */
export class HostEnvironment {
  readonly #deps: HostEnvironmentDependencies;
  #read: { caFile: string; certificates: Promise<string> } | undefined;

  constructor(deps: HostEnvironmentDependencies) {
    this.#deps = deps;
  }

  /** PEM of authorities to trust besides the usual ones. Read once, and when the setting changes. */
  certificates(): Promise<string> {
    const caFile = this.#deps.caFile();
    if (this.#read?.caFile !== caFile) {
      this.#read = { caFile, certificates: extraCertificates(caFile) };
    }
    return this.#read.certificates;
  }

  async all(): Promise<{ env: Record<string, string>; mounts: Docker.MountConfig }> {
    const readOnly = (Source: string, Target: string) =>
      ({ Type: 'bind', Source, Target, ReadOnly: true }) as const;
    const shared = this.#deps.shared.map((folder) => readOnly(folder, containerPath(folder)));
    await Promise.all(this.#deps.shared.map((folder) => mkdir(folder, { recursive: true })));
    const bundle = await this.#bundle();
    return {
      env: {
        ...proxies(),
        ...(bundle ? { SSL_CERT_FILE: BUNDLE, NODE_EXTRA_CA_CERTS: BUNDLE } : {}),
      },
      mounts: [...shared, ...(bundle ? [readOnly(bundle, BUNDLE)] : [])],
    };
  }

  #written: { text: string; file: string } | undefined;

  /** A file with the usual and the extra authorities; undefined when there are no extra ones. */
  async #bundle(): Promise<string | undefined> {
    const extra = await this.certificates();
    if (!extra) return undefined;
    if (this.#written?.text === extra) return this.#written.file;
    const folder = path.join(this.#deps.dataFolder, 'certificates');
    const file = path.join(folder, `${hash(extra)}.pem`);
    await mkdir(folder, { recursive: true, mode: 0o755 });
    await writeFile(file, withUsual(extra), { mode: 0o644 });
    this.#written = { text: extra, file };
    return file;
  }
}
