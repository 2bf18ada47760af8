import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../../core/client.ts';
import { Slot } from '../../core/feature/slot.tsx';
import { useInfo } from '../../core/queries/use-info.ts';
import { useSettings } from '../../core/queries/use-settings.ts';
import { Setting } from '../../core/settings/setting.tsx';
import { SettingSearch } from '../../core/settings/setting-search.ts';
import { Copyable } from '../../ui/copyable.tsx';
import { cx } from '../../ui/cx.ts';
import { Fact, Facts } from '../../ui/facts.tsx';
import { bytes } from '../../ui/format.ts';
import { Page } from '../../ui/page.tsx';
import { SearchField } from '../../ui/search-field.tsx';
import { Section } from '../../ui/section.tsx';
import { Select } from '../../ui/select.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { Switch } from '../../ui/switch.tsx';
import { DockerSettings } from './docker-settings.tsx';
import { EtherscanKeySetting } from './etherscan-key.tsx';
import { ExportImport } from './export-import.tsx';
import { KindSettings } from './kind-settings.tsx';
import { TextSetting } from './text-setting.tsx';

const themes = (['system', 'dark', 'light'] as const).map((value) => ({
  value,
  text: value,
  label: value,
}));

const contrasts = (['system', 'usual', 'more'] as const).map((value) => ({
  value,
  text: value,
  label: value,
}));

/** Some steps up to the maximum, and any other value that is set. */
function concurrencyOptions(current: number) {
  const amounts = new Set([1, 2, 3, 4, 6, 8, 12, 16, 24, 32, current]);
  return [...amounts]
    .sort((a, b) => a - b)
    .map((n) => ({ value: String(n), text: String(n), label: String(n) }));
}

/** Asked for ABIs of contracts that are added, and sent those that are to be verified. */
const abiSourceSettings = [
  {
    name: 'sourcifyUrl',
    label: 'Address of Sourcify',
    placeholder: 'https://sourcify.dev/server',
    hint: 'Asked only when a contract is added from there, or sent there to be verified.',
  },
  {
    name: 'etherscanUrl',
    label: 'Address of Etherscan',
    placeholder: 'https://api.etherscan.io/v2/api',
    hint: 'Or of a service like it.',
  },
] as const;

export function SettingsPage() {
  const { settings, change } = useSettings();
  const { data: ofKinds = [] } = useQuery(api.settings.ofKinds.queryOptions());
  const groups = [...new Set(ofKinds.map(({ group }) => group))].filter((g) => g !== 'Docker');
  const info = useInfo().data;
  const [sought, setSought] = useState('');
  const isSeeking = sought.trim() !== '';
  return (
    <Page title="Settings">
      {!settings ? (
        <Skeleton rows={4} />
      ) : (
        <SettingSearch value={sought}>
          <div
            className={cx(
              'flex max-w-3xl flex-col gap-6',
              isSeeking && '[&_section:not(:has([data-setting]))]:hidden',
            )}
          >
            <SearchField label="Search settings" value={sought} onChange={setSought} />
            {isSeeking && (
              <p className="text-sm text-ink-dim [:has([data-setting])>&]:hidden">
                No setting has these words.
              </p>
            )}
            <Section title="Appearance">
              <Setting name="Theme" of="theme" about="Dark, light, or as the system is.">
                <Select
                  label="Theme"
                  value={settings.theme}
                  options={themes}
                  onChange={(theme) => void change({ theme })}
                />
              </Setting>
              <Setting
                name="Contrast"
                of="contrast"
                about="More: black on white or white on black, with lines that stand out."
              >
                <Select
                  label="Contrast"
                  value={settings.contrast}
                  options={contrasts}
                  onChange={(contrast) => void change({ contrast })}
                />
              </Setting>
            </Section>
            <Section title="Deployments">
              <Setting
                name="Snapshot before deploy"
                of="snapshotBeforeDeploy"
                about="Take an automatic snapshot before every deployment, so that Revert always has a place to go."
              >
                <Switch
                  isLabelHidden
                  label="Snapshot before deploy"
                  checked={settings.snapshotBeforeDeploy}
                  onChange={(snapshotBeforeDeploy) => void change({ snapshotBeforeDeploy })}
                />
              </Setting>
              <Setting
                name="Concurrent runs"
                of="concurrentRuns"
                about="Deployments that run at once, over all projects. One project, and one network, never runs two at a time."
              >
                <Select
                  label="Concurrent runs"
                  prefix="at once"
                  value={String(settings.concurrentRuns)}
                  options={concurrencyOptions(settings.concurrentRuns)}
                  onChange={(runs) => void change({ concurrentRuns: Number(runs) })}
                />
              </Setting>
            </Section>
            <Slot name="settings.sections" settings={settings} change={change} />
            <Section title="Notifications">
              <Slot name="settings.notifications" settings={settings} change={change} />
            </Section>
            {groups.map((group) => (
              <Section key={group} title={group}>
                <KindSettings group={group} specs={ofKinds} settings={settings} change={change} />
              </Section>
            ))}
            <DockerSettings settings={settings} change={change}>
              <KindSettings group="Docker" specs={ofKinds} settings={settings} change={change} />
            </DockerSettings>
            <Section title="Contracts of others">
              {abiSourceSettings.map((one) => (
                <TextSetting
                  key={`${one.name} ${settings[one.name]}`}
                  {...one}
                  value={settings[one.name]}
                  change={change}
                />
              ))}
              <EtherscanKeySetting />
            </Section>
            {info && (
              <Section title="This Drydock">
                <ExportImport />
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
        </SettingSearch>
      )}
    </Page>
  );
}
