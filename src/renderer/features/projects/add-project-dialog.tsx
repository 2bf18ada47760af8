import { FolderOpen } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { useLocation } from 'wouter';
import { api, client } from '../../client.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog, DialogActions } from '../../ui/dialog.tsx';
import { Field } from '../../ui/field.tsx';
import { type Problem, problemOf } from '../app/problem.ts';
import { ProblemNotice } from '../app/problem-notice.tsx';
import { queryClient } from '../app/query-client.ts';
import { showProblem } from '../app/show-problem.ts';
import { useInfo } from '../app/use-info.ts';
import { closeAddProject, useAddProject } from './add-project-state.ts';
import { FolderField } from './folder-field.tsx';
import { projectPath } from './project-path.ts';

const aboutTheFolder = new Set(['FOLDER_NOT_FOUND', 'NOT_A_PROJECT']);

export function AddProjectDialog() {
  const open = useAddProject((state) => state.open);
  return (
    <Dialog
      title="Add project"
      description="A Foundry project on this machine."
      open={open}
      onClose={closeAddProject}
    >
      <AddProjectForm />
    </Dialog>
  );
}

function AddProjectForm() {
  const info = useInfo().data;
  const [, navigate] = useLocation();
  const [path, setPath] = useState('');
  const [name, setName] = useState('');
  const [busy, setBusy] = useState(false);
  const [failed, setFailed] = useState<{ error: unknown; problem: Problem } | null>(null);

  const pick = () => {
    client.projects
      .pickFolder()
      .then((folder) => folder !== null && setPath(folder))
      .catch(showProblem);
  };

  const add = async (event: FormEvent) => {
    event.preventDefault();
    if (busy || path.trim() === '') return;
    setBusy(true);
    setFailed(null);
    try {
      const project = await client.projects.add({
        path: path.trim(),
        name: name.trim() || undefined,
      });
      await queryClient.invalidateQueries({ queryKey: api.projects.list.key() });
      closeAddProject();
      navigate(projectPath(project.id));
    } catch (error) {
      setFailed({ error, problem: problemOf(error) });
    } finally {
      setBusy(false);
    }
  };

  const problem = failed?.problem;
  const folderError = problem && aboutTheFolder.has(problem.code) ? problem.message : null;
  const nameError = problem?.code === 'NAME_TAKEN' ? problem.message : null;
  return (
    <form onSubmit={add} className="flex flex-col gap-3">
      <div className="flex items-start gap-2">
        <div className="min-w-0 flex-1">
          <FolderField
            value={path}
            onChange={(next) => {
              setPath(next);
              setFailed(null);
            }}
            error={folderError}
          />
        </div>
        {info?.canPickFolder && (
          <Button
            className="mt-[22px]"
            icon={<FolderOpen aria-hidden="true" size={15} />}
            onClick={pick}
          >
            Choose…
          </Button>
        )}
      </div>
      <Field
        label="Name"
        note="optional"
        placeholder="as the folder"
        value={name}
        error={nameError}
        onChange={(event) => setName(event.target.value)}
      />
      {failed && !folderError && !nameError && <ProblemNotice error={failed.error} />}
      <DialogActions>
        <Button onClick={closeAddProject}>Cancel</Button>
        <Button type="submit" variant="primary" busy={busy} disabled={path.trim() === ''}>
          Add project
        </Button>
      </DialogActions>
    </form>
  );
}
