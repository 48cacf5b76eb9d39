import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import * as Stream from "effect/Stream"
import { withProgress } from "../../terminal/progress-bar.ts"
import type { ReportSource } from "../files/report-files.ts"
import { refusalOf } from "../reader/read-report.ts"
import { inYieldingChunks } from "../yielding.ts"
import { type Submission, submissionBatches } from "./submissions.ts"

const problemList = {
  /** The first of the problems. */
  problems: Schema.Array(Schema.String),
  /** How many there are besides. */
  others: Schema.Int,
}

const listOf = ({ problems, others }: Schema.Struct.Type<typeof problemList>): string =>
  [...problems, ...(others > 0 ? [`… and ${others} more`] : [])].join("\n  ")

/** So many problems are named; the others are counted. */
const named = 20

/** Some of what was given is no battle report; nothing at all was imported. */
export class NothingImported extends Schema.TaggedError<NothingImported>()(
  "NothingImported",
  problemList,
) {
  override get message(): string {
    return `Nothing was imported. Fix these or leave them out:\n  ${listOf(this)}`
  }
}

/** A file that had nothing but reports has something else by now. */
export class FilesChanged extends Schema.TaggedError<FilesChanged>()("FilesChanged", problemList) {
  override get message(): string {
    return `The files were changed while they were imported. Fix these and run the command again:\n  ${listOf(this)}`
  }
}

/** Names the first of so many problems. */
const naming = (problems: readonly string[], count: number) => ({
  problems: problems.slice(0, named),
  others: Math.max(0, count - named),
})

/** Fails if a batch that was looked through before has problems now. */
export const requireUnchanged = (problems: readonly string[]) =>
  problems.length === 0
    ? Effect.void
    : Effect.fail(new FilesChanged(naming(problems, problems.length)))

const problemOf = (submission: Submission): readonly string[] => {
  if ("problem" in submission) return [submission.problem]
  const { file, line, text } = submission
  const refusal = refusalOf(text)
  return refusal === null ? [] : [`${file}, line ${line}: ${refusal.message}`]
}

/**
 * Looks through files before anything is imported, and returns how many reports they have. Fails if
 * any text is no report, and names all of these.
 */
export const surveyFiles = Effect.fnUntraced(function* (files: readonly ReportSource[]) {
  const problems: string[] = []
  let problemCount = 0
  let reports = 0
  yield* withProgress("Reading files", null, (advance) =>
    Stream.runForEach(
      submissionBatches(files),
      Effect.fnUntraced(function* (batch) {
        const found = (yield* inYieldingChunks(batch, (chunk) => chunk.flatMap(problemOf))).flat()
        problems.push(...found.slice(0, named - problems.length))
        problemCount += found.length
        reports += batch.length
        yield* advance(batch.length)
      }),
    ),
  )
  if (problemCount > 0) return yield* new NothingImported(naming(problems, problemCount))
  return reports
})
