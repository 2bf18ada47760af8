import {
  type ContractsQuestion,
  type DeclaredContracts,
  declaredContracts,
} from './declared-contracts.ts';
import { type ReadingTask, serveReadings } from './serve-readings.ts';

export interface ContractsTask extends ReadingTask, ContractsQuestion {}

serveReadings<ContractsTask, DeclaredContracts>((task, files, readSource) =>
  declaredContracts(files, readSource, task),
);
