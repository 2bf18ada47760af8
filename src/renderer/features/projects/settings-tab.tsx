import { useState } from 'react';
import { toast } from 'sonner';
import { useLocation } from 'wouter';
import type { Project } from '#main/features/projects/contract.ts';
import { api, client } from '../../client.ts';
import { Button } from '../../ui/button.tsx';
import { Copyable } from '../../ui/copyable.tsx';
import { Dialog, DialogActions } from '../../ui/dialog.tsx';
import { Fact, Facts } from '../../ui/facts.tsx';
import { dateTime } from '../../ui/format.ts';
import { Section } from '../../ui/section.tsx';
import { queryClient } from '../app/query-client.ts';
import { useAction } from '../app/use-action.ts';
import { TimeLimits } from '../deployments/time-limits.tsx';
import { DockerfileField } from './dockerfile-field.tsx';
import { ProjectEngine } from './project-engine.tsx';

export function SettingsTab({ project }: { project: Project }) {
  const [asking, setAsking] = useState(false);
  const [, navigate] = useLocation();
  const { busy, run } = useAction();
  const remove = async () => {
    const removed = await run('remove', () => client.projects.remove({ project: project.id }));
    if (!removed) return;
    toast.success(`${removed.name} was removed; its folder is untouched`);
    navigate('/');
    void queryClient.invalidateQueries({ queryKey: api.projects.list.key() });
  };
  return (
    <div className="@container flex flex-col gap-6 p-5">
      <Section title="About this project">
        <Facts>
          <Fact name="Name">{project.name}</Fact>
          <Fact name="Folder">
            <Copyable value={project.path} what="path">
              {project.path}
            </Copyable>
          </Fact>
          <Fact name="Kind">Foundry</Fact>
          <Fact name="Added">{dateTime(project.addedAt)}</Fact>
        </Facts>
      </Section>
      <Section title="Engine">
        <ProjectEngine project={project} />
      </Section>
      <Section title="Time limits">
        <TimeLimits project={project.id} />
      </Section>
      <Section title="Image">
        <DockerfileField key={project.dockerfile} project={project} />
      </Section>
      <Section title="Remove">
        <div className="flex items-center justify-between gap-4 rounded-lg border border-line bg-panel px-4 py-3">
          <p className="text-sm text-ink-dim">
            Drydock forgets the project and its history. The folder on disk is not touched.
          </p>
          <Button variant="danger" onClick={() => setAsking(true)}>
            Remove project
          </Button>
        </div>
      </Section>
      <Dialog
        title={`Remove ${project.name}?`}
        description="Its deployments and logs are deleted from Drydock. The folder and what is on the chains stay as they are."
        open={asking}
        onClose={() => setAsking(false)}
      >
        <DialogActions>
          <Button onClick={() => setAsking(false)}>Keep it</Button>
          <Button variant="danger" busy={busy !== null} onClick={remove}>
            Remove
          </Button>
        </DialogActions>
      </Dialog>
    </div>
  );
}
