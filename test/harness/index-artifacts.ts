import { openArtifacts } from './artifacts.ts';

// Reads the artifacts of a project into a data folder, to be killed meanwhile.
const [home, project] = process.argv.slice(2);
const { service } = await openArtifacts({ home });
await service.fresh(Number(project));
