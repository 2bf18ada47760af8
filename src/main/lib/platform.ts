/** What programs for a machine are made for, e.g. `linux-x64-glibc`. Equal: they run on both. */
export type Platform = string;

/** Of this machine. */
export function ownPlatform(): Platform {
  const { platform, arch } = process;
  if (platform !== 'linux') return `${platform}-${arch}`;
  return linuxPlatform(arch, glibcVersion() === undefined ? 'musl' : 'glibc');
}

/** @param arch as Node names it */
export const linuxPlatform = (arch: string, libc: 'glibc' | 'musl'): Platform =>
  `linux-${arch}-${libc}`;

/** undefined: this program was not linked with it. */
function glibcVersion(): string | undefined {
  const reporting = process.report as typeof process.report & { excludeNetwork: boolean };
  // With the names of the network, a report may take seconds.
  reporting.excludeNetwork = true;
  return (reporting.getReport() as { header?: { glibcVersionRuntime?: string } }).header
    ?.glibcVersionRuntime;
}
