import { useStore } from '@tanstack/react-form';
import { z } from 'zod';
import { type Project, projects } from '#main/features/projects/contract.ts';
import { client } from '../../core/client.ts';
import { FormField, FormProblem } from '../../core/forms/form-field.tsx';
import { inputOf } from '../../core/forms/input-of.ts';
import { optionalText } from '../../core/forms/texts.ts';
import { useCommandForm } from '../../core/forms/use-command-form.ts';
import { Button } from '../../ui/button.tsx';
import { toast } from '../../ui/toast.ts';

const fields = z.object({
  dockerfile: optionalText(inputOf(projects.setDockerfile).shape.dockerfile.unwrap()),
});

/** The Dockerfile of a project's own image for runs in Docker. */
export function DockerfileField({ project }: { project: Project }) {
  const { form, busy, failure, clear } = useCommandForm({
    schema: fields,
    values: { dockerfile: project.dockerfile ?? '' },
    send: ({ dockerfile = null }) =>
      client.projects.setDockerfile({ project: project.id, dockerfile }),
    done: () => toast.success('The next run in Docker takes it'),
  });
  const ready = useStore(
    form.store,
    ({ canSubmit, values }) =>
      canSubmit && (values.dockerfile.trim() || null) !== project.dockerfile,
  );
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void form.handleSubmit();
      }}
      className="flex flex-col gap-3 rounded-lg border border-line bg-panel px-4 py-3"
    >
      <div className="flex items-start gap-3">
        <form.Field name="dockerfile">
          {(field) => (
            <FormField
              field={field}
              failure={failure}
              className="flex-1"
              label="Dockerfile"
              mono
              placeholder="Drydock’s own image"
              hint="In the project’s folder, e.g. docker/Dockerfile; its image must have what the project is built with. Its folder, less what a .dockerignore names, goes into the build."
              onChange={clear}
            />
          )}
        </form.Field>
        <Button type="submit" className="mt-5" busy={busy} disabled={!ready}>
          Save
        </Button>
      </div>
      <FormProblem failure={failure} fields={['dockerfile']} />
    </form>
  );
}
