import type { ReactNode } from 'react';
import type { Settings } from '#main/features/settings/contract.ts';
import { dockerState } from '../../core/engine/docker-words.ts';
import { useInfo } from '../../core/queries/use-info.ts';
import { Setting } from '../../core/settings/setting.tsx';
import { Section } from '../../ui/section.tsx';
import { Select } from '../../ui/select.tsx';
import { TextSetting } from './text-setting.tsx';

const engines = [
  { value: 'auto', text: 'automatic', label: 'automatic' },
  { value: 'docker', text: 'Docker', label: 'Docker' },
  { value: 'process', text: 'processes', label: 'processes' },
] as const;

const networks = [
  { value: 'default', text: 'default', label: 'Docker’s default' },
  { value: 'host', text: 'host', label: 'the host’s' },
] as const;

/** Where chains and deployments run, and how Docker is found and builds. */
export function DockerSettings({
  settings,
  change,
  children,
}: {
  settings: Settings;
  /** Docker settings of kinds of projects. */
  children: ReactNode;
  change: (part: Partial<Settings>) => Promise<boolean>;
}) {
  const docker = useInfo().data?.docker;
  return (
    <Section title="Docker" aside={docker && <span>{dockerState(docker)}</span>}>
      <Setting
        name="Engine"
        of="engine"
        about="Where chains and deployments run. Automatic: in Docker when a daemon of this machine responds, otherwise as plain processes. A project or a chain can choose for itself. The first run in Docker builds an image, and its log shows it."
      >
        <Select
          label="Engine"
          value={settings.engine}
          options={[...engines]}
          onChange={(engine) => void change({ engine })}
        />
      </Setting>
      {docker?.problem && <p className="text-sm text-ink-dim">{docker.problem}</p>}
      <TextSetting
        key={`host ${settings.dockerHost}`}
        label="Address of the Docker daemon"
        placeholder="found by itself"
        hint="As in DOCKER_HOST, e.g. unix:///run/user/1000/docker.sock. Empty: DOCKER_HOST, the current context, then the usual sockets."
        value={settings.dockerHost}
        name="dockerHost"
        change={change}
      />
      {children}
      <Setting
        name="Network of image builds"
        of="buildNetwork"
        about="The host’s helps where containers can’t reach the registries, or a proxy on this machine."
      >
        <Select
          label="Network of image builds"
          value={settings.buildNetwork}
          options={[...networks]}
          onChange={(buildNetwork) => void change({ buildNetwork })}
        />
      </Setting>
      <TextSetting
        key={`ca ${settings.caFile}`}
        label="File with certificates to trust"
        placeholder="none"
        hint="PEM, e.g. of a company’s proxy; for image builds and in containers. Those of NODE_EXTRA_CA_CERTS and SSL_CERT_FILE are taken anyway."
        value={settings.caFile}
        name="caFile"
        change={change}
      />
    </Section>
  );
}
