import { type FormEvent, type ReactNode, useState } from 'react';
import { toast } from 'sonner';
import { Link } from 'wouter';
import type { Settings } from '#main/features/settings/contract.ts';
import { Button } from '../../ui/button.tsx';
import { Copyable } from '../../ui/copyable.tsx';
import { Fact, Facts } from '../../ui/facts.tsx';
import { Field } from '../../ui/field.tsx';
import { bytes } from '../../ui/format.ts';
import { Page } from '../../ui/page.tsx';
import { Section } from '../../ui/section.tsx';
import { Select } from '../../ui/select.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { Switch } from '../../ui/switch.tsx';
import { useInfo } from '../app/use-info.ts';
import { NotificationSetting } from '../events/notification-setting.tsx';
import { webhooksPath } from '../webhooks/webhooks-path.ts';
import { useSettings } from './use-settings.ts';

const themes = (['system', 'dark', 'light'] as const).map((value) => ({
  value,
  text: value,
  label: value,
}));

/** Some steps up to the most there can be, and whatever was set elsewhere. */
function concurrencyOptions(current: number) {
  const amounts = new Set([1, 2, 3, 4, 6, 8, 12, 16, 24, 32, current]);
  return [...amounts]
    .sort((a, b) => a - b)
    .map((n) => ({ value: String(n), text: String(n), label: String(n) }));
}

function Setting({ about, children }: { about: string; children: ReactNode }) {
  return (
    <div className="flex flex-wrap items-center justify-between gap-4 rounded-lg border border-line bg-panel px-4 py-3">
      <p className="min-w-0 flex-1 basis-64 text-sm text-ink-dim">{about}</p>
      {children}
    </div>
  );
}

function FoundryPath({ settings, change }: { settings: Settings; change: Change }) {
  const [path, setPath] = useState(settings.foundryPath);
  const save = async (event: FormEvent) => {
    event.preventDefault();
    if (await change({ foundryPath: path.trim() })) toast.success('The Foundry folder is saved');
  };
  return (
    <form
      onSubmit={save}
      className="flex items-start gap-2 rounded-lg border border-line bg-panel px-4 py-3"
    >
      <Field
        className="flex-1"
        label="Folder with forge, anvil and cast"
        mono
        placeholder="found by itself"
        hint="Empty: ~/.foundry/bin, then PATH, then the tools that come with Drydock."
        value={path}
        onChange={(event) => setPath(event.target.value)}
      />
      <Button type="submit" className="mt-[22px]" disabled={path.trim() === settings.foundryPath}>
        Save
      </Button>
    </form>
  );
}

type Change = (part: Partial<Settings>) => Promise<boolean>;

export function SettingsPage() {
  const { settings, change } = useSettings();
  const info = useInfo().data;
  return (
    <Page title="Settings">
      {!settings ? (
        <Skeleton rows={4} />
      ) : (
        <div className="flex max-w-3xl flex-col gap-6">
          <Section title="Appearance">
            <Setting about="Dark, light, or as the system is.">
              <Select
                label="Theme"
                value={settings.theme}
                options={themes}
                onChange={(theme) => void change({ theme })}
              />
            </Setting>
          </Section>
          <Section title="Deployments">
            <Setting about="Take an automatic snapshot before every deployment, so that Revert always has a place to go.">
              <Switch
                label="Snapshot before deploy"
                checked={settings.snapshotBeforeDeploy}
                onChange={(snapshotBeforeDeploy) => void change({ snapshotBeforeDeploy })}
              />
            </Setting>
            <Setting about="Deployments that run at once, over all projects. One project, and one network, never runs two at a time.">
              <Select
                label="Concurrent runs"
                prefix="at once"
                value={String(settings.concurrentRuns)}
                options={concurrencyOptions(settings.concurrentRuns)}
                onChange={(runs) => void change({ concurrentRuns: Number(runs) })}
              />
            </Setting>
          </Section>
          <Section title="Notifications">
            <NotificationSetting settings={settings} change={change} />
            <Setting about="Tell other programs, Slack or Discord what happens.">
              <Link href={webhooksPath} className="text-sm text-accent hover:underline">
                Webhooks
              </Link>
            </Setting>
          </Section>
          <Section title="Foundry">
            <FoundryPath key={settings.foundryPath} settings={settings} change={change} />
          </Section>
          {info && (
            <Section title="This Drydock">
              <Facts>
                <Fact name="Version">{info.version}</Fact>
                <Fact name="Engine">{info.engine}</Fact>
                <Fact name="Data folder">
                  <Copyable value={info.dataFolder} what="path">
                    {info.dataFolder}
                  </Copyable>
                </Fact>
                <Fact name="Database">{bytes(info.databaseBytes)}</Fact>
              </Facts>
            </Section>
          )}
        </div>
      )}
    </Page>
  );
}
