import { LifeBuoy } from 'lucide-react';
import { api } from '../../core/client.ts';
import type { Feature } from '../../core/feature/feature.ts';
import { doctorPath } from '../../core/paths.ts';
import { lazyPart } from '../../ui/lazy-part.tsx';
import { DoctorState } from './doctor-state.tsx';
import { MachineChecks } from './machine-checks.tsx';

const DoctorCommands = lazyPart(async () => (await import('./doctor-commands.tsx')).DoctorCommands);
const DoctorPage = lazyPart(async () => (await import('./doctor-page.tsx')).DoctorPage);

const report = () => [api.doctor.key()];

export const doctor: Feature = {
  name: 'doctor',
  pages: [{ path: doctorPath, Page: DoctorPage }],
  places: [
    { title: 'Doctor', path: doctorPath, Icon: LifeBuoy, sidebar: 'foot', End: DoctorState },
  ],
  slots: {
    commands: [{ order: 100, Part: DoctorCommands }],
    'welcome.machine': [{ order: 10, Part: MachineChecks }],
  },
  touches: { repairs: report, engine: report, settings: report },
};
