import { useStore } from '@tanstack/react-form';
import { useQuery } from '@tanstack/react-query';
import { useId } from 'react';
import { z } from 'zod';
import { type Project, projects, type ToolVersion } from '#main/features/projects/contract.ts';
import { api, client } from '../../core/client.ts';
import { FormField, FormProblem } from '../../core/forms/form-field.tsx';
import { inputOf } from '../../core/forms/input-of.ts';
import { optionalText } from '../../core/forms/texts.ts';
import { useCommandForm } from '../../core/forms/use-command-form.ts';
import { Button } from '../../ui/button.tsx';
import { Section } from '../../ui/section.tsx';
import { toast } from '../../ui/toast.ts';

const fields = z.object({
  version: optionalText(inputOf(projects.setToolVersion).shape.version.unwrap()),
});

/** The versions of tools that a project's runs use; nothing where none can be chosen. */
export function ToolVersions({ project }: { project: Project }) {
  const { data = [] } = useQuery(
    api.projects.toolVersions.queryOptions({ input: { project: project.id } }),
  );
  return data.length === 0 ? null : (
    <Section title="Versions">
      {data.map((one) => (
        <ToolVersionField key={`${one.tool} ${one.chosen}`} project={project} of={one} />
      ))}
    </Section>
  );
}

function ToolVersionField({ project, of }: { project: Project; of: ToolVersion }) {
  const { tool, label, chosen, asked, ignored } = of;
  const list = useId();
  const installed =
    useQuery(api.tools.list.queryOptions()).data?.find((one) => one.tool === tool)?.installed ?? [];
  const { form, busy, failure, clear } = useCommandForm({
    schema: fields,
    values: { version: chosen ?? '' },
    send: ({ version = null }) =>
      client.projects.setToolVersion({ project: project.id, tool, version }),
    done: () => toast.success('The next run uses it'),
  });
  const ready = useStore(
    form.store,
    ({ canSubmit, values }) => canSubmit && (values.version.trim() || null) !== chosen,
  );
  const usual = installed.find(({ isDefault }) => isDefault)?.version;
  const otherwise = asked
    ? `${asked.version}, as ${asked.source} asks`
    : `the default${usual ? `: ${usual}` : ''}`;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void form.handleSubmit();
      }}
      className="flex flex-col gap-3 rounded-lg border border-line bg-panel px-4 py-3"
    >
      <div className="flex items-start gap-3">
        <form.Field name="version">
          {(field) => (
            <FormField
              field={field}
              failure={failure}
              className="flex-1"
              label={label}
              mono
              list={list}
              placeholder={otherwise}
              hint={[
                installed.length > 0
                  ? `Installed: ${installed.map(({ version }) => version).join(', ')}.`
                  : 'None is installed.',
                'In Docker, the image is made with it.',
                ...ignored,
              ].join(' ')}
              onChange={clear}
            />
          )}
        </form.Field>
        <datalist id={list}>
          {installed.map(({ version }) => (
            <option key={version} value={version} />
          ))}
        </datalist>
        <Button type="submit" className="mt-5" busy={busy} disabled={!ready}>
          Save
        </Button>
      </div>
      <FormProblem failure={failure} fields={['version']} />
    </form>
  );
}
