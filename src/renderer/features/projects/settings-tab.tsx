import { useState } from 'react';
import { useLocation } from 'wouter';
import type { Project } from '#main/features/projects/contract.ts';
import { client } from '../../core/client.ts';
import { useCommands } from '../../core/commands/use-commands.ts';
import { Slot } from '../../core/feature/slot.tsx';
import { useKind } from '../../core/queries/use-kinds.ts';
import { useProject } from '../../core/queries/use-projects.ts';
import { Button } from '../../ui/button.tsx';
import { ColorDot } from '../../ui/color-dot.tsx';
import { Copyable } from '../../ui/copyable.tsx';
import { Dialog, DialogActions } from '../../ui/dialog.tsx';
import { Fact, Facts } from '../../ui/facts.tsx';
import { dateTime } from '../../ui/format.ts';
import { Section } from '../../ui/section.tsx';
import { toast } from '../../ui/toast.ts';
import { DockerfileField } from './dockerfile-field.tsx';
import { openEditProject } from './edit-project-state.ts';
import { ProjectEngine } from './project-engine.tsx';
import { ProjectTrust } from './project-trust.tsx';
import { ToolVersions } from './tool-version-field.tsx';

export function SettingsTab({ project: id }: { project: number }) {
  const { project } = useProject(id);
  return project ? <ProjectSettings project={project} /> : null;
}

function ProjectSettings({ project }: { project: Project }) {
  const kind = useKind(project.kind);
  const [asking, setAsking] = useState(false);
  const [, navigate] = useLocation();
  const { busy, run } = useCommands();
  const remove = async () => {
    const removed = await run('remove', () => client.projects.remove({ project: project.id }));
    if (!removed) return;
    toast.success(`${removed.name} was removed; its folder is untouched`);
    navigate('/');
  };
  return (
    <div className="@container flex flex-col gap-6 p-5">
      <Section
        title="About this project"
        aside={<Button onClick={() => openEditProject(project)}>Edit…</Button>}
      >
        <Facts>
          <Fact name="Name">
            {project.color && <ColorDot color={project.color} className="mr-2" />}
            {project.name}
          </Fact>
          {project.group && <Fact name="Group">{project.group}</Fact>}
          <Fact name="Folder">
            <Copyable value={project.path} what="path">
              {project.path}
            </Copyable>
          </Fact>
          <Fact name="Kind">{kind?.label ?? project.kind}</Fact>
          <Fact name="Added">{dateTime(project.addedAt)}</Fact>
        </Facts>
      </Section>
      <Section title="Trust">
        <ProjectTrust project={project} />
      </Section>
      <Section title="Engine">
        <ProjectEngine project={project} />
      </Section>
      <ToolVersions project={project} />
      <Slot name="project.settings" project={project} />
      <Section title="Image">
        <DockerfileField key={project.dockerfile} project={project} />
      </Section>
      <Section title="Remove">
        <div className="flex items-center justify-between gap-4 rounded-lg border border-line bg-panel px-4 py-3">
          <p className="text-sm text-ink-dim">
            The project and its history leave Drydock. The folder on disk is not touched.
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
