import { useStore } from '@tanstack/react-form';
import { FolderOpen } from 'lucide-react';
import { useState } from 'react';
import { useLocation } from 'wouter';
import { z } from 'zod';
import { projects } from '#main/features/projects/contract.ts';
import { client } from '../../core/client.ts';
import { useCommand } from '../../core/commands/use-command.ts';
import { DialogForm } from '../../core/forms/dialog-form.tsx';
import { FormField } from '../../core/forms/form-field.tsx';
import { inputOf } from '../../core/forms/input-of.ts';
import { optionalText, typedText } from '../../core/forms/texts.ts';
import { useCommandForm } from '../../core/forms/use-command-form.ts';
import { projectPath } from '../../core/paths.ts';
import { problemOf } from '../../core/problems/problem.ts';
import { useInfo } from '../../core/queries/use-info.ts';
import { useMarkers } from '../../core/queries/use-kinds.ts';
import { useProjects } from '../../core/queries/use-projects.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { addChosen } from './add-chosen.ts';
import { closeAddProject, useAddProject } from './add-project-state.ts';
import { CandidateList } from './candidate-list.tsx';
import { type Chosen, chosenOf, openWays, placesOf } from './candidate-places.ts';
import { FolderBrowser } from './folder-browser.tsx';
import { FolderField } from './folder-field.tsx';
import { openNewProject } from './new-project-state.ts';
import { useCandidates } from './use-candidates.ts';

const input = inputOf(projects.add).shape;
const fields = z.object({ path: typedText(input.path), name: optionalText(input.name) });

export function AddProjectDialog() {
  const { open, folder, times } = useAddProject();
  return (
    <Dialog
      title="Add project"
      description="A folder on this machine."
      open={open}
      onClose={closeAddProject}
    >
      <AddProjectForm key={times} folder={folder} />
    </Dialog>
  );
}

function AddProjectForm({ folder }: { folder: string }) {
  const info = useInfo().data;
  const markers = useMarkers().join(' or ');
  const [, navigate] = useLocation();
  const [own, setOwn] = useState<Chosen>({});
  const [browsing, setBrowsing] = useState(false);
  const pick = useCommand<void, string | null>(() => client.projects.pickFolder(), {
    done: (folder) => folder !== null && form.setFieldValue('path', folder),
  });
  const command = useCommandForm({
    schema: fields,
    values: { path: folder, name: '' },
    send: (input) => addChosen(input, own),
    done: ([first]) => {
      closeAddProject();
      if (first) navigate(projectPath(first.id));
    },
  });
  const { form, failure, clear } = command;
  const path = useStore(form.store, (state) => state.values.path.trim());
  const projects = useProjects().data ?? [];
  const places = placesOf(useCandidates(path) ?? [], path, projects);
  const chosen = chosenOf(places, own);
  const canChoose = places.some((place) => openWays(place).length > 0);
  const problem = failure ? problemOf(failure) : null;
  return (
    <DialogForm
      command={command}
      verb={chosen.length > 1 ? `Add ${chosen.length} projects` : 'Add project'}
      onCancel={closeAddProject}
      shows={['path', 'name']}
      disabled={canChoose && chosen.length === 0}
      aside={
        <Button
          onClick={() => {
            closeAddProject();
            openNewProject();
          }}
        >
          Make a new one…
        </Button>
      }
    >
      <div className="flex items-start gap-2">
        <div className="min-w-0 flex-1">
          <form.Field name="path">
            {(field) => (
              <FolderField
                value={field.state.value}
                onChange={(next) => {
                  field.handleChange(next);
                  clear();
                }}
                about={`The folder with ${markers}. Drydock reads it where it is and never changes it.`}
                error={problem?.field === 'path' ? problem.message : null}
              />
            )}
          </form.Field>
        </div>
        {info?.canPickFolder ? (
          <Button
            className="mt-[22px]"
            icon={<FolderOpen aria-hidden="true" size={15} />}
            onClick={() => void pick.send()}
          >
            Choose…
          </Button>
        ) : (
          <Button
            className="mt-[22px]"
            aria-expanded={browsing}
            icon={<FolderOpen aria-hidden="true" size={15} />}
            onClick={() => setBrowsing(!browsing)}
          >
            Browse
          </Button>
        )}
      </div>
      {browsing && (
        <FolderBrowser
          folder={path}
          onOpen={(folder) => {
            form.setFieldValue('path', folder);
            clear();
          }}
        />
      )}
      {places.length > 0 && (
        <CandidateList
          places={places}
          chosen={chosen}
          onChoose={(folder, kind) => {
            setOwn((before) => ({ ...before, [folder]: kind }));
            clear();
          }}
        />
      )}
      <form.Field name="name">
        {(field) => (
          <FormField
            field={field}
            failure={failure}
            label="Name"
            note="optional"
            disabled={chosen.length > 1}
            placeholder={chosen.length > 1 ? 'each as its folder' : 'as the folder'}
          />
        )}
      </form.Field>
    </DialogForm>
  );
}
