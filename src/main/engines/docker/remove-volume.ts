import type Docker from 'dockerode';
import { statusOf } from './docker-errors.ts';

/** Returns false for a volume that is in use or doesn't exist. */
export async function removeVolume(docker: Docker, name: string): Promise<boolean> {
  try {
    await docker.getVolume(name).remove();
    return true;
  } catch (error) {
    if ([404, 409].includes(statusOf(error) ?? 0)) return false;
    throw error;
  }
}
