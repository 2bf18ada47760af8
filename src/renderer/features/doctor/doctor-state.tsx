import { StateDot } from '../../ui/state-dot.tsx';
import { doctorTone, doctorWord } from './doctor-words.ts';
import { useDoctor } from './use-doctor.ts';

/** The machine's state, in the sidebar. */
export function DoctorState() {
  const report = useDoctor().data;
  if (!report) return null;
  return <StateDot tone={doctorTone[report.status]} label={doctorWord[report.status]} />;
}
