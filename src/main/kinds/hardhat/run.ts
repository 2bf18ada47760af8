import type { Command } from '../../engines/engine.ts';
import { CodeIndex } from '../../eth/code-index.ts';
import { variablesOf } from '../../lib/environment.ts';
import { filesToRun, type ProjectFiles } from '../../lib/project-files.ts';
import { Mask } from '../../lib/secrets/mask.ts';
import { sha256 } from '../../lib/sha256.ts';
import { AppError, messageOf } from '../../shared/errors.ts';
import type { ContractsResult, Transaction } from '../../shared/result.ts';
import type { Failure } from '../../shared/run.ts';
import type { ChainTarget, Recording } from '../../targets/chain/chain-target.ts';
import type { CompileCache } from '../compile-cache.ts';
import type { Executed, RunContext, RunEnd } from '../kind.ts';
import { wantedContract } from '../one-contract/choose-contract.ts';
import { deployContract } from '../one-contract/deploy-contract.ts';
import type { FoundNode } from './choose-node.ts';
import { compileCommand, deployCommand, displayOf, type HardhatPlace } from './command.ts';
import { compiledContracts } from './compiled-contracts.ts';
import { explainFailure } from './explain.ts';
import { sentence } from './failure-shapes.ts';
import { hardhatBuilds } from './hardhat-builds.ts';
import type { HardhatRun } from './input.ts';
import { instanceId, metadataOf } from './instance-id.ts';
import { labelsOf } from './labels.ts';
import { installCommand } from './manager-command.ts';
import { networkOf } from './network-of.ts';
import { type PackageInstall, packageInstall } from './package-manager.ts';
import type { Packages } from './packages.ts';
import { PLUG_AND_PLAY, plugAndPlayOf } from './plug-and-play.ts';
import { hardhatProgram } from './program.ts';
import { type ProjectPaths, pathsOf, toldPaths } from './project-paths.ts';
import { runNode } from './run-node.ts';
import { sourceReader } from './source-reader.ts';
import { type ToolPlace, toolPlace } from './tool-place.ts';
import { type RecordsPlace, recordFolders, type ToolRecords } from './tool-records.ts';

/** How a line of Hardhat's says that it has compiled something. */
const COMPILED = /^Compiled \d/;
/** How one says that compiling is over. */
const OVER =
  /^(Compiled \d|Nothing to compile|No Solidity|No contracts to compile|Hardhat Ignition|Deploying \[)/;

/** See `tell` in `preload.cjs`. */
const TELL_PATHS = 'drydock_paths';

type Context = RunContext<HardhatRun, ChainTarget>;

/** What runs share. */
export interface RunDependencies {
  records: ToolRecords;
  cache: CompileCache;
}

/** See `Kind.run`. */
export async function runHardhat(context: Context, deps: RunDependencies): Promise<RunEnd> {
  context.phase('prepare');
  return new HardhatRunning(context, deps).toItsEnd();
}

/** One run: installs what is missing, deploys through a recording, and says what the chain has. */
class HardhatRunning {
  readonly #context: Context;
  readonly #records: ToolRecords;
  readonly #files: ProjectFiles;
  readonly #network: string;
  readonly #place: ToolPlace;
  readonly #sent: Transaction[] = [];
  #paths: ProjectPaths;
  #hasCompiled = false;
  #laidOut: Promise<void> = Promise.resolve();
  #settled: Promise<void> | undefined;
  #mask = new Mask([]);

  constructor(context: Context, { records, cache }: RunDependencies) {
    this.#context = context;
    this.#records = records;
    this.#files = filesToRun(context.project.path);
    const { input, target } = context;
    this.#network = networkOf(input, target);
    this.#place = toolPlace(context, cache);
    this.#paths = pathsOf(this.#files, sourceReader(this.#files));
  }

  async toItsEnd(): Promise<RunEnd> {
    const { phase, warn } = this.#context;
    if (plugAndPlayOf(this.#files)) throw new AppError('NOT_A_PROJECT', PLUG_AND_PLAY);
    const install = packageInstall(this.#files);
    const look = () => this.#place.packages(this.#files, install);
    const { prepared } = this.#context;
    const [nodes, found] = await Promise.all([this.#place.nodes(), look(), prepared]);
    const node = runNode(found.files, found.hardhat.major, nodes, this.#place.name, warn);
    phase('install');
    const isThere = found.areThere && found.hardhat.installed !== null;
    if (isThere) phase('compile', 'skipped');
    const end = isThere ? null : await this.#install(install, found, node);
    if (end) return end;
    const packages = isThere ? found : await look();
    phase('compile');
    const { input, target, environment } = this.#context;
    await using recording = await target.record({
      onSent: (one) => this.#note(one),
      own: { [TELL_PATHS]: (params) => this.#hearPaths(params) },
      note: this.#context.note,
      warn: this.#context.warn,
      ...(target.isOwn ? { rewrites: metadataOf(await this.#instanceId()) } : {}),
    });
    await using files = await this.#place.files();
    const own = { ...environment.variables, ...process.env };
    const { variables, secrets } = variablesOf(input.env, own);
    this.#context.hide([...secrets, recording.rpcUrl]);
    this.#mask = new Mask([...environment.secrets, ...secrets]);
    const place: HardhatPlace = {
      ...{ folder: this.#files.folder, node: node.program, files },
      program: this.#program(packages),
      variables: {
        ...(await this.#place.variables(recording.rpcUrl)),
        ...environment.variables,
        ...variables,
      },
      direction: {
        ...{ network: this.#network, url: recording.rpcUrl, chainId: target.chainId },
        major: packages.hardhat.major,
        signsByNode: target.unlocked,
        paths: this.#paths,
      },
    };
    this.#context.command(displayOf(input, place));
    const compile = compileCommand(input, place);
    const notCompiled = compile && (await this.#compile(files.given(compile)));
    if (notCompiled) return notCompiled;
    if (input.way === 'contract') return this.#deployContract();
    return await this.#deployAndRecord(recording, files.given(deployCommand(input, place)));
  }

  async #deployAndRecord(recording: Recording, command: Command): Promise<RunEnd> {
    try {
      const executed = await this.#deploy(command);
      const failure = await this.#record(recording, executed);
      const end = this.#context.stopped();
      if (end) return end;
      if (recording.refused) return failed(recording.refused);
      if (!isGood(executed)) return this.#failed(executed);
      return failure ? failed(failure) : { status: 'succeeded' };
    } catch (error) {
      // What is left undone, the next run that comes to the folders does.
      await this.#settle().catch(() => undefined);
      throw error;
    }
  }

  #deployContract(): Promise<RunEnd> {
    const { input } = this.#context;
    const { file = '', name = '' } = wantedContract(input.script);
    const request = { ...input, args: input.args ?? [], file, name };
    const phases = { try: 'deploy', send: 'deploy', record: 'record' };
    return deployContract(this.#context, request, hardhatBuilds(this.#files, this.#paths), phases);
  }

  #instanceId(): Promise<string> {
    const { chainId, name } = this.#context.target;
    return instanceId(this.#files, this.#paths.cache, chainId, `0x${sha256(name)}`);
  }

  /** Returns how the run ends, if it ends here. */
  async #install(
    install: PackageInstall,
    packages: Packages,
    node: FoundNode,
  ): Promise<RunEnd | null> {
    const { note, exec, workspace, signal, stopped } = this.#context;
    const variables = this.#place.installVariables(node, install);
    const { command, isBrought } = await installCommand(workspace, install, variables, signal);
    note(`Installing packages with ${install.manager}, as ${install.reason}.`);
    if (isBrought) note(`npm brings ${install.package} first, as it is not there.`);
    const executed = await exec(packages.noted(command));
    const end = stopped();
    if (end) return end;
    return isGood(executed) ? null : failed(installFailed(install, isBrought, this.#context));
  }

  #program({ files, hardhat: { installed } }: Packages): string {
    const program = installed && hardhatProgram(files, installed.folder);
    if (program) return this.#place.fileOf(program);
    throw new AppError(
      'NOT_A_PROJECT',
      'The packages of this project do not bring Hardhat. Add it with "npm install --save-dev hardhat", then deploy again.',
    );
  }

  /** Returns how the run ends, if it ends here. */
  async #compile(command: Command): Promise<RunEnd | null> {
    const { exec, stopped } = this.#context;
    const executed = await exec(command, {
      onLine: (line) => {
        this.#hasCompiled ||= COMPILED.test(line.trim());
      },
    });
    const end = stopped();
    if (end) return end;
    if (!isGood(executed)) return this.#failed(executed);
    this.#deploying();
    return null;
  }

  /** With its tools' records as the chain has them, where the chain can be taken back. */
  async #deploy(command: Command): Promise<Executed> {
    await this.#layOut();
    return this.#context.exec(command, { onLine: (line) => this.#heard(line) });
  }

  /** One after the other: several programs of a run may tell of folders. */
  #layOut(): Promise<void> {
    this.#laidOut = this.#laidOut.then(() => this.#layOutNow());
    return this.#laidOut;
  }

  async #layOutNow(): Promise<void> {
    const { target, deployment, inPlace, note, input } = this.#context;
    // No tool notes what becomes of a contract that is deployed by itself.
    if (input.way === 'contract') return;
    if (!target.isOwn) return this.#records.clear(this.#recordsPlace(), this.#recordFolders());
    const goesOn = this.#context.standsFor !== null;
    const of = { ...this.#recordsPlace(), target: target.name, deployment: deployment.id, goesOn };
    for (const folder of await this.#records.layOut(of, this.#recordFolders(), inPlace())) {
      note(`${folder} holds records of other deployments: it is put aside during this run.`);
    }
  }

  #recordsPlace(): RecordsPlace {
    const { target, project } = this.#context;
    const { boundary } = this.#files;
    const { chainId } = target;
    return { project: { ...project, boundary }, chainId, network: this.#network };
  }

  #recordFolders(): string[] {
    return recordFolders(this.#recordsPlace(), this.#paths);
  }

  /** The tool has folders that its configuration doesn't say in literals; it waits for this. */
  async #hearPaths(params: unknown): Promise<null> {
    this.#paths = toldPaths(this.#files, this.#paths, params);
    await this.#layOut();
    return null;
  }

  #heard(line: string): void {
    const text = line.trim();
    this.#hasCompiled ||= COMPILED.test(text);
    if (OVER.test(text)) this.#deploying();
  }

  /** Before the tool hears of it: a core that is killed now knows what was sent. */
  #note(transaction: Transaction): void {
    this.#deploying();
    this.#sent.push(transaction);
    const { chainId, sender } = this.#context.target;
    this.#context.publish({
      ...{ family: 'contracts', chainId, sender },
      ...{ source: null, transactions: [...this.#sent], contracts: [] },
    });
  }

  #deploying(): void {
    const { currentPhase, phase } = this.#context;
    if (currentPhase() === 'compile') phase('deploy', this.#hasCompiled ? 'done' : 'skipped');
  }

  /** Once, however often it is called: keeps the records of its tools, and brings back the user's. */
  async #settle(): Promise<void> {
    const { target, input } = this.#context;
    if (!target.isOwn || input.way === 'contract') return;
    this.#settled ??= this.#records.settle(this.#recordsPlace());
    await this.#settled;
  }

  /** What the chain has of it, also of a run that has failed. */
  async #record(recording: Recording, executed: Executed): Promise<Failure | null> {
    const { phase, record, warn } = this.#context;
    if (isGood(executed)) {
      this.#deploying();
      phase('record');
    }
    const labels = labelsOf(this.#files, this.#recordFolders());
    if (recording.hashes.length === 0) {
      await this.#settle();
      if (isGood(executed)) warn(nothingSent(this.#context.input));
      return null;
    }
    const index = new CodeIndex(await compiledContracts(this.#files, this.#paths));
    // What names contracts is read: settling moves it.
    const settled = this.#settle().catch((error: unknown) => warn(messageOf(error)));
    const [result] = await Promise.all([recording.result(index), settled]);
    return record(this.#shown(result, labels));
  }

  #shown(result: ContractsResult, labels: ReadonlyMap<string, string>): ContractsResult {
    return {
      ...result,
      transactions: result.transactions.map((one) => ({
        ...one,
        arguments: one.arguments.map((text) => this.#mask.apply(text)),
      })),
      contracts: result.contracts.map((one) => ({
        ...one,
        label: labels.get(one.address.toLowerCase()) ?? null,
      })),
    };
  }

  #failed({ exit }: Executed): RunEnd {
    return failed(
      explainFailure({
        exitCode: exit.code,
        signal: exit.signal,
        lines: this.#context.recentLines(),
        network: this.#context.target.network,
      }),
    );
  }
}

const isGood = ({ exit }: Executed): boolean => exit.code === 0 && !exit.ended;

const failed = (failure: Failure): RunEnd => ({ status: 'failed', failure });

const nothingSent = ({ way }: HardhatRun): string =>
  way === 'ignition'
    ? 'Nothing was sent: all of the module is on the chain already.'
    : 'Nothing was sent: did it deploy to a network of its own, or was all of it there already?';

/** A line that says what went wrong; npm writes codes before it, and advice after it. */
const INSTALL_ERROR =
  /^npm (?:error|ERR!) (?!code |syscall |errno )\S|^(?!npm ).*(?:\berror\b|\bERR_)/i;

function installFailed(
  { manager, package: of }: PackageInstall,
  isBrought: boolean,
  { recentLines, workspace }: Context,
): Failure {
  const line = recentLines().find(({ text }) => INSTALL_ERROR.test(text));
  const said = line ? ` It said: ${sentence(line.text)}` : '';
  const where =
    workspace.engine === 'docker'
      ? 'put it into an image of the project'
      : `"npm install -g ${of}"`;
  const remedy = isBrought
    ? `Check the connection, or have ${of} there before (${where}), then deploy again.`
    : `Run "${manager} install" in the project, then deploy again.`;
  return {
    code: 'INSTALL_FAILED',
    message: `${manager} could not install the packages.${said} ${remedy}`,
    ...(line ? { seq: line.seq } : {}),
  };
}
