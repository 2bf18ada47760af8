import type { Project } from '#main/features/projects/contract.ts';
import { api, client } from '../../core/client.ts';
import { queryClient } from '../../core/query-client.ts';
import { type Chosen, chosenOf, openWays, placesOf } from './candidate-places.ts';
import { candidatesIn } from './use-candidates.ts';

/**
 * Adds what was chosen of a folder, one after the other. Rejects with the folder's problem when
 * none can be added, and with the first error; projects before it are added then.
 *
 * @param name of the project, where only one is added
 */
export async function addChosen(
  { path, name }: { path: string; name?: string },
  own: Chosen,
): Promise<Project[]> {
  const places = placesOf(await candidatesIn(path), path, await knownProjects());
  // The core reports the reason.
  if (!places.some((place) => openWays(place).length > 0)) return [await add({ path, name })];
  const chosen = chosenOf(places, own);
  if (chosen.length === 0) throw new Error('Choose what to add from the list.');
  const added: Project[] = [];
  for (const one of chosen) added.push(await add(chosen.length === 1 ? { ...one, name } : one));
  return added;
}

const knownProjects = () => queryClient.fetchQuery(api.projects.list.queryOptions());

async function add(input: { path: string; name?: string; kind?: string }): Promise<Project> {
  const project = await client.projects.add(input);
  // Makes its page available before the change is reported.
  queryClient.setQueryData(api.projects.list.queryKey(), (known) =>
    known && !known.some(({ id }) => id === project.id) ? [...known, project] : known,
  );
  return project;
}
