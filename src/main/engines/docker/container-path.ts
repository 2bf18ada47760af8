/**
 * The path of a host file in Drydock's containers: the same path, so that what tools print and
 * write is valid on both sides; on Windows below `/c/…`.
 */
export function containerPath(file: string, platform: NodeJS.Platform = process.platform): string {
  const drive = platform === 'win32' ? /^([A-Za-z]):[\\/]/.exec(file)?.[1] : undefined;
  if (drive === undefined) return file;
  return `/${drive.toLowerCase()}${file.slice(2).replaceAll('\\', '/')}`;
}
