import { LifeBuoy } from 'lucide-react';
import { api } from '../../core/client.ts';
import type { Feature } from '../../core/feature/feature.ts';
import { doctorPath } from '../../core/paths.ts';
import { DoctorCommands } from './doctor-commands.tsx';
import { DoctorPage } from './doctor-page.tsx';
import { DoctorState } from './doctor-state.tsx';

const report = () => [api.doctor.key()];

export const doctor: Feature = {
  name: 'doctor',
  pages: [{ path: doctorPath, Page: DoctorPage }],
  places: [
    { title: 'Doctor', path: doctorPath, Icon: LifeBuoy, sidebar: 'foot', End: DoctorState },
  ],
  slots: { commands: [{ order: 100, Part: DoctorCommands }] },
  touches: { repairs: report, engine: report, settings: report },
};
