import { useState } from 'react';
import { useLocation } from 'wouter';
import { z } from 'zod';
import { templates } from '#main/features/templates/contract.ts';
import { client } from '../../core/client.ts';
import { DialogForm } from '../../core/forms/dialog-form.tsx';
import { FormField } from '../../core/forms/form-field.tsx';
import { inputOf } from '../../core/forms/input-of.ts';
import { optionalText, typedText } from '../../core/forms/texts.ts';
import { useCommandForm } from '../../core/forms/use-command-form.ts';
import { projectPath } from '../../core/paths.ts';
import { problemOf } from '../../core/problems/problem.ts';
import { useKinds } from '../../core/queries/use-kinds.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { Select } from '../../ui/select.tsx';
import { FolderField } from './folder-field.tsx';
import { closeNewProject, useNewProject } from './new-project-state.ts';

const input = inputOf(templates.create).shape;
const fields = z.object({ path: typedText(input.path), name: optionalText(input.name) });

export function NewProjectDialog() {
  const { open, times } = useNewProject();
  return (
    <Dialog
      title="New project"
      description="Made from a template, in a folder of its own."
      open={open}
      onClose={closeNewProject}
    >
      <NewProjectForm key={times} />
    </Dialog>
  );
}

function NewProjectForm() {
  const [, navigate] = useLocation();
  const kinds = useKinds().filter(({ template }) => template !== null);
  const [own, setOwn] = useState<string | null>(null);
  const chosen = kinds.find(({ id }) => id === own) ?? kinds[0];
  const command = useCommandForm({
    schema: fields,
    values: { path: '', name: '' },
    send: (typed) => client.templates.create({ ...typed, kind: chosen?.id ?? '' }),
    done: ({ id }) => {
      closeNewProject();
      navigate(projectPath(id));
    },
  });
  const { form, failure, clear } = command;
  const problem = failure ? problemOf(failure) : null;
  return (
    <DialogForm
      command={command}
      verb="Make project"
      onCancel={closeNewProject}
      shows={['path', 'name']}
      disabled={!chosen}
    >
      <div className="flex flex-col gap-1">
        <Select
          label="Template"
          prefix="Template"
          value={chosen?.id ?? null}
          options={kinds.map(({ id, label }) => ({ value: id, label, text: label }))}
          onChange={setOwn}
        />
        <p className="text-xs text-ink-dim">{chosen?.template?.about}</p>
      </div>
      <form.Field name="path">
        {(field) => (
          <FolderField
            value={field.state.value}
            onChange={(next) => {
              field.handleChange(next);
              clear();
            }}
            about="One that is not there yet, or is empty."
            error={problem?.field === 'path' ? problem.message : null}
          />
        )}
      </form.Field>
      <form.Field name="name">
        {(field) => (
          <FormField
            field={field}
            failure={failure}
            label="Name"
            note="optional"
            placeholder="as the folder"
          />
        )}
      </form.Field>
    </DialogForm>
  );
}
