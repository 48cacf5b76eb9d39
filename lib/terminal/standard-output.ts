import * as Effect from "effect/Effect"
import * as Predicate from "effect/Predicate"
import * as Schema from "effect/Schema"

/** The result could not be printed: the disk behind standard output is full, say. */
export class OutputLost extends Schema.TaggedError<OutputLost>()("OutputLost", {
  code: Schema.String,
}) {
  override get message(): string {
    return `The result could not be written to standard output (${this.code}). What the command did is done; make room or send the output elsewhere, and look with \`bun run status\`.`
  }
}

const codeOf = (error: unknown): string =>
  Predicate.hasProperty(error, "code") ? String(error.code) : String(error)

/** Prints on standard output. A reader that has gone away, as `head` does, has what it wanted. */
export const print = (text: string) =>
  Effect.callback<void, OutputLost>((resume) => {
    process.stdout.write(`${text}\n`, (error) => {
      const isLost = error !== null && error !== undefined && codeOf(error) !== "EPIPE"
      resume(isLost ? new OutputLost({ code: codeOf(error) }) : Effect.void)
    })
  })
