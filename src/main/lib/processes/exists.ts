/**
 * Whether there is any process with that id: a system call, no other program. It may be another one
 * than the caller means, and on macOS one that has ended and that its parent has not noticed yet.
 */
export function exists(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it is there, and someone else's.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
