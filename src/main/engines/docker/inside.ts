/**
 * Where a file of the host is inside of our containers: under the very same path, so that what
 * tools print and write down holds on both sides; on Windows under `/c/…`.
 */
export function inside(file: string, platform: NodeJS.Platform = process.platform): string {
  const drive = platform === 'win32' ? /^([A-Za-z]):[\\/]/.exec(file)?.[1] : undefined;
  if (drive === undefined) return file;
  return `/${drive.toLowerCase()}${file.slice(2).replaceAll('\\', '/')}`;
}
