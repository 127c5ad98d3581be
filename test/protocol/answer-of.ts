import { ScimError } from "../../templates/generated/protocol/error.js";

/** What a call gives, or the status and scimType of what it throws; anything but a ScimError goes up. */
export function answerOf(run: () => unknown): unknown {
  try {
    return run();
  } catch (error) {
    if (!(error instanceof ScimError)) throw error;
    return { status: error.status, scimType: error.scimType, detail: error.message };
  }
}
