import { appendFile } from "node:fs/promises"
import { styleText } from "node:util"
import * as Flag from "effect/cli/Flag"
import * as GlobalFlag from "effect/cli/GlobalFlag"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Schema from "effect/Schema"
import { gitHubActions } from "./github-actions.ts"
import { noticeWarning } from "./notice.ts"
import { renderLines, renderMarkdown, renderTable } from "./render-report.ts"
import { Report } from "./report.ts"
import { print } from "./standard-output.ts"

/** `--json`: one JSON document on standard output in place of lines. */
export const Json = GlobalFlag.Setting("json")({
  flag: Flag.Boolean("json").pipe(
    Flag.withDescription("Print the result as one JSON document"),
    Flag.withoutNegation,
    Flag.withDefault(false),
  ),
})

const bold = (line: string) => styleText("bold", line, { stream: process.stdout })

const encode = Schema.encodeSync(Report)

const appendSummary = Effect.fnUntraced(function* (report: Report) {
  const { running, stepSummary } = yield* Effect.orDie(gitHubActions)
  if (!running || Option.isNone(stepSummary)) return
  yield* Effect.tryPromise(() => appendFile(stepSummary.value, renderMarkdown(report))).pipe(
    Effect.catch(() => noticeWarning(`The step summary ${stepSummary.value} cannot be written.`)),
  )
})

/**
 * Prints a command's result on standard output: lines, a table when a person is looking, or one
 * JSON document with `--json`. Under GitHub Actions the step summary gets a Markdown table too.
 */
export const printReport = Effect.fnUntraced(function* (report: Report) {
  const json = yield* Json
  const lines = json
    ? [JSON.stringify(encode(report), null, 2)]
    : process.stdout.isTTY
      ? // A terminal that does not know its width says 0.
        renderTable(report, process.stdout.columns || Number.POSITIVE_INFINITY, bold)
      : renderLines(report)
  yield* appendSummary(report)
  yield* print(lines.join("\n"))
})
