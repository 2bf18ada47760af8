import { type ReactNode, useEffect, useMemo, useState } from 'react';
import { Badge } from './badge.tsx';
import { Button } from './button.tsx';
import { Checkbox } from './checkbox.tsx';
import { Combobox } from './combobox.tsx';
import { EmptyState } from './empty-state.tsx';
import { Field } from './field.tsx';
import { Menu } from './menu.tsx';
import { Page } from './page.tsx';
import { rowAt } from './row-focus.ts';
import { listenToRowKeys } from './row-keys.ts';
import { RowTable } from './row-table.tsx';
import { SearchField } from './search-field.tsx';
import { Section } from './section.tsx';
import { Select } from './select.tsx';
import { type SortColumn, SortHeading } from './sort-heading.tsx';
import { sorted, useSorting } from './sorting.ts';
import { StateDot } from './state-dot.tsx';
import { SuggestField } from './suggest-field.tsx';
import { Switch } from './switch.tsx';
import { Table, Td, Th } from './table.tsx';
import { TextArea } from './text-area.tsx';

const Row = ({ children }: { children: ReactNode }) => (
  <div className="flex flex-wrap items-center gap-3">{children}</div>
);

const nothing = () => undefined;

/** All parts side by side, in both states where they have two: for development only. */
export function PartsPage() {
  const [text, setText] = useState('');
  useEffect(listenToRowKeys, []);
  const [isOn, setIsOn] = useState(true);
  const [choice, setChoice] = useState('one');
  const [name, setName] = useState('row 1');
  return (
    <Page title="Parts" about="Developers alone see this page.">
      <Section title="Buttons">
        <Row>
          <Button>Default</Button>
          <Button variant="primary">Primary</Button>
          <Button variant="danger">Danger</Button>
          <Button variant="ghost">Ghost</Button>
          <Button variant="link">Link</Button>
          <Button size="sm">Small</Button>
          <Button disabled>Disabled</Button>
          <Button busy>Busy</Button>
          <Menu
            label="More"
            items={[
              { label: 'An action', onSelect: nothing },
              { label: 'Remove…', danger: true, onSelect: nothing },
            ]}
          />
        </Row>
      </Section>
      <Section title="Fields">
        <Row>
          <Field label="Text" value={text} onChange={({ target }) => setText(target.value)} />
          <Field label="With an error" error="is not an address" defaultValue="0x" mono />
          <SearchField label="Search" value={text} onChange={setText} className="w-56" />
          <Select
            label="Choice"
            value={choice}
            options={['one', 'two'].map((value) => ({ value, label: value, text: value }))}
            onChange={setChoice}
          />
          <Combobox
            label="One of many"
            value={name}
            options={many.map((one) => ({ value: one.name, text: one.name, label: one.name }))}
            onChange={setName}
          />
          <SuggestField
            label="Suggestions"
            value={text}
            groups={[{ title: 'Known', items: [{ value: '0x1', name: 'first', about: '0x1' }] }]}
            onChange={setText}
          />
        </Row>
        <TextArea label="Lines" value={text} onChange={({ target }) => setText(target.value)} />
        <Row>
          <Switch label="Switch" checked={isOn} onChange={setIsOn} />
          <Checkbox
            aria-label="Checkbox"
            checked={isOn}
            onChange={({ target }) => setIsOn(target.checked)}
          />
          {['one', 'two'].map((value) => (
            <Checkbox
              key={value}
              round
              name="choice"
              aria-label={value}
              checked={choice === value}
              onChange={() => setChoice(value)}
            />
          ))}
        </Row>
      </Section>
      <Section title="States">
        <Row>
          {(['ok', 'warn', 'bad', 'active', 'idle'] as const).map((tone) => (
            <span key={tone} className="inline-flex items-center gap-2 text-sm">
              <StateDot tone={tone} />
              {tone}
            </span>
          ))}
          <Badge>badge</Badge>
        </Row>
        <EmptyState icon={null} title="Nothing yet">
          What stands here, and how to get it.
        </EmptyState>
      </Section>
      <Section title="Table">
        <ColumnsByPriority />
      </Section>
      <Section title="Table of any length">
        <ManyRows />
      </Section>
    </Page>
  );
}

function ColumnsByPriority() {
  return (
    <Table label="Columns by priority">
      <thead>
        <tr>
          <Th>Name</Th>
          {[4, 3, 2, 1].map((priority) => (
            <Th key={priority} priority={priority}>
              Priority {priority}
            </Th>
          ))}
        </tr>
      </thead>
      <tbody>
        {['first', 'second'].map((name) => (
          <tr key={name} className="group">
            <Td>{name}</Td>
            {[4, 3, 2, 1].map((priority) => (
              <Td key={priority} mono>
                0x5FbDB2315678afecb367f032d93F642f64180aa3
              </Td>
            ))}
          </tr>
        ))}
      </tbody>
    </Table>
  );
}

const many = Array.from({ length: 10_000 }, (_, i) => ({
  name: `row ${i}`,
  size: (i * 7919) % 10_007,
}));

const manyColumns = [
  { id: 'name', title: 'Name' },
  { id: 'size', title: 'Size', end: true },
] as const satisfies SortColumn<string>[];

/** Ten thousand rows in any order; Space marks one. */
function ManyRows() {
  const [marked, setMarked] = useState<ReadonlySet<string>>(new Set());
  const { sorting, choose } = useSorting<'name' | 'size'>('size');
  const rows = useMemo(() => sorted(many, sorting, (row, id) => row[id]), [sorting]);
  const mark = (name: string) =>
    setMarked((before) => {
      const next = new Set(before);
      if (!next.delete(name)) next.add(name);
      return next;
    });
  return (
    <RowTable
      label="Many rows"
      head={
        <>
          <Th className="w-9 pr-0">
            <span className="sr-only">Mark</span>
          </Th>
          {manyColumns.map((column) => (
            <SortHeading key={column.id} column={column} sorting={sorting} onChoose={choose} />
          ))}
        </>
      }
      count={rows.length}
      keyOf={(index) => rows[index]?.name ?? index}
    >
      {(index) => {
        const { name = '', size = 0 } = rows[index] ?? {};
        return (
          <tr {...rowAt(index)} className="group hover:bg-hover">
            <Td className="w-9 pr-0">
              <Checkbox
                aria-label={`Mark ${name}`}
                checked={marked.has(name)}
                onChange={() => mark(name)}
              />
            </Td>
            <Td>
              <a href={`#${name}`} className="hover:underline">
                {name}
              </a>
            </Td>
            <Td end>{size}</Td>
          </tr>
        );
      }}
    </RowTable>
  );
}
