import type Docker from 'dockerode';
import { pack } from 'tar-stream';

/** Where programs in containers look for secrets, as in services of Docker and Compose. */
const FOLDER = 'run/secrets';

/**
 * Puts secrets into a container that was made and not started yet, one file each. They go with it.
 * All of its programs may read them: of the image's user only the name may be known.
 */
export async function putSecrets(
  container: Docker.Container,
  secrets: Readonly<Record<string, string>>,
): Promise<void> {
  const archive = pack();
  archive.entry({ name: FOLDER, type: 'directory', mode: 0o755 });
  for (const [name, text] of Object.entries(secrets)) {
    archive.entry({ name: `${FOLDER}/${name}`, mode: 0o444 }, text);
  }
  archive.finalize();
  await container.putArchive(archive, { path: '/' });
}
