import { type FormEvent, useState } from 'react';
import { toast } from 'sonner';
import type { Project } from '#main/features/projects/contract.ts';
import { api, client } from '../../client.ts';
import { Button } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { problemOf } from '../app/problem.ts';
import { queryClient } from '../app/query-client.ts';
import { useAction } from '../app/use-action.ts';

/** The Dockerfile of the image that a project's runs in Docker take. */
export function DockerfileField({ project }: { project: Project }) {
  const [text, setText] = useState(project.dockerfile ?? '');
  const [problem, setProblem] = useState<string | null>(null);
  const { busy, run } = useAction();
  const wanted = text.trim() || null;
  const save = async (event: FormEvent) => {
    event.preventDefault();
    const saved = await run('save', () =>
      client.projects
        .setDockerfile({ project: project.id, dockerfile: wanted })
        .catch((error: unknown) => {
          const { code, message } = problemOf(error);
          if (code !== 'DOCKERFILE_UNUSABLE') throw error;
          setProblem(message);
          return undefined;
        }),
    );
    if (!saved) return;
    setText(saved.dockerfile ?? '');
    void queryClient.invalidateQueries({ queryKey: api.projects.key() });
    toast.success('The next run in Docker takes it');
  };
  return (
    <form
      onSubmit={save}
      className="flex items-start gap-3 rounded-lg border border-line bg-panel px-4 py-3"
    >
      <Field
        className="flex-1"
        label="Dockerfile"
        mono
        placeholder="Drydock’s own image"
        hint="In the project’s folder, e.g. docker/Dockerfile; its image must have forge. Its folder, less what a .dockerignore names, goes into the build."
        value={text}
        error={problem}
        onChange={(event) => {
          setText(event.target.value);
          setProblem(null);
        }}
      />
      <Button
        type="submit"
        className="mt-5"
        busy={busy !== null}
        disabled={wanted === project.dockerfile}
      >
        Save
      </Button>
    </form>
  );
}
