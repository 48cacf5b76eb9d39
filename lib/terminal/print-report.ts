import { appendFile } from "node:fs/promises"
import { styleText } from "node:util"
import * as Flag from "effect/cli/Flag"
import * as GlobalFlag from "effect/cli/GlobalFlag"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Schema from "effect/Schema"
import { codeOf } from "./error-code.ts"
import { gitHubActions } from "./github-actions.ts"
import { noticeWarning } from "./notice.ts"
import { renderLines, renderMarkdown, renderTable } from "./render-report.ts"
import { Report } from "./report.ts"
import { Streams } from "./streams.ts"

/** The result could not be printed: for example, because the disk is full. */
export class OutputLost extends Schema.TaggedError<OutputLost>()("OutputLost", {
  code: Schema.String,
}) {
  override get message(): string {
    return `The result could not be written to standard output (${this.code}). The command has done its work; \`bun run status\` shows the database. Free some disk space, or send the output elsewhere.`
  }
}

/** Prints on standard output. A closed pipe is not a failure: its reader has what it wanted. */
export const print = (text: string) =>
  Effect.flatMap(Streams, ({ stdout }) =>
    Effect.callback<void, OutputLost>((resume) => {
      stdout.write(`${text}\n`, (error) => {
        const isLost = error !== null && error !== undefined && codeOf(error) !== "EPIPE"
        resume(isLost ? new OutputLost({ code: codeOf(error) }) : Effect.void)
      })
    }),
  )

/** `--json`: one JSON document on standard output in place of lines. */
export const Json = GlobalFlag.Setting("json")({
  flag: Flag.Boolean("json").pipe(
    Flag.withDescription("Print the result as one JSON document"),
    Flag.withoutNegation,
    Flag.withDefault(false),
  ),
})

const encode = Schema.encodeSync(Report)

const appendSummary = Effect.fnUntraced(function* (report: Report) {
  const { running, stepSummary } = yield* Effect.orDie(gitHubActions)
  if (!running || Option.isNone(stepSummary)) return
  yield* Effect.tryPromise(() => appendFile(stepSummary.value, renderMarkdown(report))).pipe(
    Effect.catch(() => noticeWarning(`The step summary ${stepSummary.value} cannot be written.`)),
  )
})

function document(report: Report) {
  return JSON.stringify(encode(report), null, 2)
}

/** Prints the report of a refusal with `--json` and under GitHub Actions, where errors are not enough. */
export const printRefusal = Effect.fnUntraced(function* (report: Report) {
  yield* appendSummary(report)
  if (yield* Json) yield* print(document(report))
})

/**
 * Prints a command's result on standard output: as lines, as a table on a terminal, or as one
 * JSON document with `--json`. Under GitHub Actions the step summary gets a Markdown table too.
 */
export const printReport = Effect.fnUntraced(function* (report: Report) {
  const json = yield* Json
  const { stdout } = yield* Streams
  const bold = (line: string) => styleText("bold", line, { stream: stdout })
  const lines = json
    ? [document(report)]
    : stdout.isTTY
      ? renderTable(report, stdout.columns || Number.POSITIVE_INFINITY, bold)
      : renderLines(report)
  yield* appendSummary(report)
  yield* print(lines.join("\n"))
})
