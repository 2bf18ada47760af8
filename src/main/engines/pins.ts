import { AppError } from '../shared/errors.ts';
import type { ToolPin, ToolSpec } from './tools.ts';

/** The version that is asked for of a tool. */
export const pinOf = (
  { toolchain }: Pick<ToolSpec, 'toolchain'>,
  pins: readonly ToolPin[] = [],
): ToolPin | undefined => pins.find((pin) => pin.toolchain.id === toolchain?.id);

/** E.g. `Tool 1.2.3, as .tool-versions asks`. */
export const pinText = ({ toolchain, version, source }: ToolPin): string =>
  `${toolchain.label} ${version}, as ${source} asks`;

/** TOOL_MISSING, with the command that installs it. */
export function notInstalled({ toolchain, version, source }: ToolPin): AppError {
  const command = toolchain.install(version);
  return new AppError(
    'TOOL_MISSING',
    `${source} asks for ${toolchain.label} ${version}, which is not installed here. Install it with "${command}", or run in Docker, where Drydock brings it; "drydock tool list" shows what is installed.`,
    { fix: { label: `Install ${toolchain.label} ${version}`, command } },
  );
}

/** TOOL_MISSING: an image that isn't Drydock's has another version. */
export const otherInImage = (
  { toolchain, version, source }: ToolPin,
  found: string,
  image: string,
): AppError =>
  new AppError(
    'TOOL_MISSING',
    `${source} asks for ${toolchain.label} ${version}, and ${image} has ${found}. Put that version into the image, ask for ${found}, or run in Drydock's own image, which is made for the version.`,
  );
