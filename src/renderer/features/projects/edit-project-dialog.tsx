import { z } from 'zod';
import { type Project, projects } from '#main/features/projects/contract.ts';
import { GroupField } from '../../core/arranging/group-field.tsx';
import { client } from '../../core/client.ts';
import { DialogForm } from '../../core/forms/dialog-form.tsx';
import { FormField } from '../../core/forms/form-field.tsx';
import { inputOf } from '../../core/forms/input-of.ts';
import { typedText } from '../../core/forms/texts.ts';
import { useCommandForm } from '../../core/forms/use-command-form.ts';
import { useProjects } from '../../core/queries/use-projects.ts';
import { ColorChoice } from '../../ui/color-choice.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { closeEditProject, useEditProject } from './edit-project-state.ts';

const { name, group, color } = inputOf(projects.edit).shape;

const fields = z.object({
  name: typedText(name.unwrap()),
  group: group.unwrap(),
  color: color.unwrap(),
});

/** How a project is called and shown in lists. */
export function EditProjectDialog() {
  const project = useEditProject((state) => state.project);
  return (
    <Dialog
      title="Edit project"
      description={project && <span className="font-mono">{project.path}</span>}
      open={project !== null}
      onClose={closeEditProject}
    >
      {project && <EditProject key={project.id} project={project} />}
    </Dialog>
  );
}

function EditProject({ project }: { project: Project }) {
  const all = useProjects().data ?? [];
  const command = useCommandForm({
    schema: fields,
    values: { name: project.name, group: project.group, color: project.color },
    send: (input) => client.projects.edit({ project: project.id, ...input }),
    done: closeEditProject,
  });
  const { form, failure } = command;
  return (
    <DialogForm command={command} verb="Save" onCancel={closeEditProject} shows={['name']}>
      <form.Field name="name">
        {(field) => <FormField field={field} failure={failure} label="Name" autoFocus />}
      </form.Field>
      <form.Field name="group">
        {(field) => (
          <GroupField
            groups={all.map(({ group: one }) => one)}
            value={field.state.value}
            onChange={field.handleChange}
          />
        )}
      </form.Field>
      <form.Field name="color">
        {(field) => <ColorChoice value={field.state.value} onChange={field.handleChange} />}
      </form.Field>
    </DialogForm>
  );
}
