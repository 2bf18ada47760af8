/**
 * Every code a procedure may fail with, and its HTTP status. The command line derives its exit
 * code from the same table: 400, 403, 404 and 422 mean that the request was wrong (exit 2),
 * everything else that a right request failed (exit 1).
 */
export const errorStatus = {
  BAD_INPUT: 422,
  FOLDER_NOT_FOUND: 404,
  FOLDER_NOT_EMPTY: 409,
  OUTSIDE_HOME: 403,
  FILE_NOT_FOUND: 404,
  NOT_A_PROJECT: 422,
  KIND_AMBIGUOUS: 422,
  PROJECT_NOT_FOUND: 404,
  PROJECT_BUSY: 409,
  NOT_TRUSTED: 403,
  TRUST_TOO_WIDE: 422,
  TRUSTED_WITH_OTHERS: 409,
  NOTHING_TO_INSTALL: 409,
  INSTALL_FAILED: 502,
  NAME_TAKEN: 409,
  NETWORK_NOT_FOUND: 404,
  NETWORK_READ_ONLY: 409,
  RPC_UNREACHABLE: 502,
  CHAIN_ID_MISMATCH: 409,
  CHAIN_NOT_FOUND: 404,
  CHAIN_NOT_RUNNING: 409,
  CHAIN_BUSY: 409,
  FRESH_NEEDED: 409,
  CHAIN_START_FAILED: 502,
  CHAIN_CALL_FAILED: 502,
  ORIGIN_NOT_FOUND: 404,
  PORT_TAKEN: 409,
  STATE_CORRUPT: 409,
  SNAPSHOT_NOT_FOUND: 404,
  SNAPSHOT_LOST: 409,
  SNAPSHOT_DAMAGED: 409,
  STATES_UNRELATED: 422,
  STATE_TOO_LARGE: 413,
  ARTIFACT_NOT_FOUND: 404,
  ARTIFACT_AMBIGUOUS: 422,
  TRANSACTION_NOT_FOUND: 404,
  SOURCE_NOT_FOUND: 404,
  BLOCK_NOT_FOUND: 404,
  CONTRACT_NOT_FOUND: 404,
  CONTRACT_AMBIGUOUS: 422,
  CONTRACT_NOT_VERIFIED: 404,
  NOT_RECOMPILED: 409,
  CODE_DIFFERS: 409,
  NOT_A_PROXY: 409,
  VERIFICATION_NOT_FOUND: 404,
  SOURCE_UNREACHABLE: 502,
  FUNCTION_NOT_FOUND: 404,
  FUNCTION_AMBIGUOUS: 422,
  EVENT_NOT_FOUND: 404,
  LABEL_NOT_FOUND: 404,
  ACCOUNT_NOT_FOUND: 404,
  NOT_A_TOKEN: 422,
  DEAL_FAILED: 409,
  CALL_REVERTED: 409,
  UNSAFE_UPGRADE: 409,
  UPGRADE_NOT_CHECKED: 409,
  CALL_NOT_FOUND: 404,
  SCRIPT_NOT_FOUND: 404,
  SCRIPT_AMBIGUOUS: 422,
  SOURCE_UNREADABLE: 422,
  BAD_ARGUMENT: 422,
  SECRET_ARGUMENT: 422,
  DEPLOYMENT_NOT_FOUND: 404,
  DEPLOYMENT_ENDED: 409,
  DEPLOYMENT_RUNNING: 409,
  NOT_LIVE: 409,
  COMMIT_DIFFERS: 409,
  TOOL_MISSING: 424,
  ENGINE_UNAVAILABLE: 503,
  IMAGE_BUILD_FAILED: 502,
  CONTAINER_NOT_FOUND: 404,
  CONTAINER_FOREIGN: 409,
  CONTAINER_BUSY: 409,
  IMAGE_NOT_FOUND: 404,
  IMAGE_IN_USE: 409,
  DOCKERFILE_UNUSABLE: 422,
  BACKUP_NOT_FOUND: 404,
  BACKUP_UNUSABLE: 409,
  CORE_RUNNING: 409,
  WEBHOOK_NOT_FOUND: 404,
  DELIVERY_NOT_FOUND: 404,
  TERMINAL_NOT_FOUND: 404,
  TERMINAL_ENDED: 409,
  DATA_FOLDER_UNUSABLE: 507,
  TOO_MANY_STREAMS: 429,
  SECRETS_UNREADABLE: 409,
  VARIABLE_NOT_FOUND: 404,
  VARIABLE_TAKEN: 409,
  REFERENCE_FAILED: 424,
  UNSUPPORTED: 501,
  UPDATE_NOT_READY: 409,
  KEY_NOT_FOUND: 404,
  KEY_LOCKED: 409,
  KEY_UNUSABLE: 409,
  WRONG_PASSWORD: 403,
  CONFIRMATION_NEEDED: 422,
  REVIEW_NOT_FOUND: 404,
  REVIEW_NEEDED: 409,
  REVIEW_STALE: 409,
  REVIEW_CLOSED: 409,
  NETWORK_FROZEN: 409,
  RAILS_REFUSED: 403,
  SCOPE_NEEDED: 403,
  TOKEN_NOT_FOUND: 404,
  SESSION_NOT_FOUND: 404,
} as const satisfies Record<string, number>;

export type ErrorCode = keyof typeof errorStatus;

/** A way out of an error that a window can offer as a button and a terminal as a line. */
export interface Fix {
  label: string;
  /** The same remedy on the command line, e.g. `drydock chain start local`. */
  command?: string;
  /** The procedure that does it, e.g. `chains.start`, and its input. */
  call?: { procedure: string; input: Record<string, unknown> };
}

export interface ErrorData {
  fix?: Fix;
  /** Further ways out, when there is a choice. */
  otherFixes?: Fix[];
  /** The input field at fault, when there is one. */
  field?: string;
}

/**
 * An expected failure. The message is shown to the user as it is: it says what happened and what
 * to do next, and never carries a secret.
 */
export class AppError extends Error {
  override readonly name = 'AppError';

  readonly code: ErrorCode;
  readonly data: ErrorData;

  // Written out: Node runs what worker threads import as it is, and only takes types off.
  constructor(code: ErrorCode, message: string, data: ErrorData = {}) {
    super(message);
    this.code = code;
    this.data = data;
  }
}

/** The text of anything thrown, for messages and logs. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
