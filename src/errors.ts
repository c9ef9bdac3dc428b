/** The errors a user can meet: each says what is wrong, where, and how to mend it. */

/** What every error of ours carries besides its message. */
export type Problem = {
  /** A stable word to test for, e.g. `configuration.invalid`. */
  readonly code: string
  /** One sentence: what is wrong and where. */
  readonly what: string
  /** One sentence: what to do about it. */
  readonly fix: string
  readonly cause?: unknown
}

/** Base of every error Callchart throws on purpose. */
export class CallchartError extends Error {
  readonly code: string
  readonly fix: string

  constructor(problem: Problem) {
    super(
      `${problem.what}${problem.what.endsWith('\n') ? '' : ' '}${problem.fix}`.trimEnd(),
      'cause' in problem ? { cause: problem.cause } : undefined,
    )
    this.name = new.target.name
    this.code = problem.code
    this.fix = problem.fix
  }
}

/** Thrown at start when an option or environment variable is missing or wrong. */
export class ConfigurationError extends CallchartError {}

/** Thrown when a chart holds something the engine cannot keep durable. */
export class ChartError extends CallchartError {}

/** Thrown when work is refused because a stated limit is reached; try again later. */
export class OverloadError extends CallchartError {}

/** What was thrown, in its own words. */
export function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
