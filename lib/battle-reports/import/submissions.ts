import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Stream from "effect/Stream"
import { collectingGarbage } from "../collecting-garbage.ts"
import type { ReportSource } from "../files/report-files.ts"
import { textOf } from "../files/report-text.ts"
import { type FilePiece, ReportSplitter } from "../reader/lines/split-reports.ts"

/** A text of a file that may be a report, or why there is none. */
export type Submission =
  | { readonly file: string; readonly line: number; readonly text: string }
  | { readonly problem: string }

/** How much of an import happens at a time. */
export interface ImportSizes {
  /** An import of up to so many reports is one transaction; a longer one is committed batch by batch. */
  readonly whole: number
  /** So many reports are read, compared with the stored ones and stored together. */
  readonly batch: number
}

/** The sizes of a command's import. */
export const importSizes: ImportSizes = { whole: 2_000, batch: 250 }

/** The sizes in force: the command's, unless others are provided. */
export const ImportSizes = Context.Reference<ImportSizes>("towerstats/battle-reports/ImportSizes", {
  defaultValue: () => importSizes,
})

/** A batch with as much text is full, however few its reports are. */
const longestBatch = 2 ** 19

const lengthOf = (submission: Submission): number =>
  "text" in submission ? submission.text.length : 0

interface OpenBatch {
  readonly submissions: Submission[]
  length: number
}

/** Groups submissions into batches that take about the same memory, however long the reports are. */
const inBatches = (size: number) =>
  Stream.mapAccum(
    (): OpenBatch => ({ submissions: [], length: 0 }),
    (open, submission: Submission) => {
      open.submissions.push(submission)
      open.length += lengthOf(submission)
      const isFull = open.submissions.length >= size || open.length >= longestBatch
      return isFull ? [{ submissions: [], length: 0 }, [open.submissions]] : [open, []]
    },
    { onHalt: ({ submissions }) => (submissions.length === 0 ? [] : [submissions]) },
  )

/** After so much text there is garbage worth collecting. */
const textPerCollection = 2 ** 22

const textIn = (batch: readonly Submission[]): number =>
  batch.reduce((sum, submission) => sum + lengthOf(submission), 0)

const excerptOf = (text: string): string => JSON.stringify(text.trim().slice(0, 60))

/** Cuts a file into its reports, which are not read yet, while it is read itself. */
const submissionsIn = (source: ReportSource): Stream.Stream<Submission> =>
  Stream.suspend(() => {
    const { name } = source
    const splitter = new ReportSplitter()
    let reports = 0
    let beginning: string | null = null
    const submit = (piece: FilePiece): readonly Submission[] => {
      const { kind, text } = piece
      if (kind === "report") {
        reports += 1
        return [{ file: name, line: piece.line, text }]
      }
      if (text.trim() !== "") beginning ??= excerptOf(text)
      return kind === "orphaned"
        ? [
            {
              problem: `${name}, line ${piece.line}: fields of a run without its beginning: ${excerptOf(text)}`,
            },
          ]
        : []
    }
    const summary = Effect.sync((): readonly Submission[] => {
      const last = splitter.finish().flatMap(submit)
      if (reports > 0 || last.length > 0) return last
      return beginning === null
        ? [{ problem: `${name}: it is empty` }]
        : [{ problem: `${name}: no battle report in it (the text begins ${beginning})` }]
    })
    return textOf(source).pipe(
      Stream.map((text) => splitter.push(text).flatMap(submit)),
      Stream.concat(Stream.fromEffect(summary)),
      Stream.flattenIterable,
      Stream.catchTag("UnreadableFile", ({ message }) =>
        Stream.succeed<Submission>({ problem: message }),
      ),
    )
  })

/** What is in some files, in order and in batches. */
export const submissionBatches = (files: readonly ReportSource[]) =>
  Stream.unwrap(
    Effect.map(ImportSizes, ({ batch }) =>
      Stream.fromIterable(files).pipe(
        Stream.flatMap(submissionsIn),
        inBatches(batch),
        collectingGarbage(textIn, textPerCollection),
      ),
    ),
  )
