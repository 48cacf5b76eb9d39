import * as Effect from "effect/Effect"
import * as FileSystem from "effect/FileSystem"
import * as Path from "effect/Path"
import type { PlatformError } from "effect/PlatformError"
import * as Schema from "effect/Schema"
import * as Stdio from "effect/Stdio"
import * as Stream from "effect/Stream"
import { note, noticeWarning } from "../../terminal/notice.ts"

/** Where reports come from: a name for messages, and how to get at the bytes, as often as wanted. */
export interface ReportSource {
  readonly name: string
  readonly bytes: Stream.Stream<Uint8Array, UnreadableFile>
}

/** A file cannot be imported as it is. */
export class UnreadableFile extends Schema.TaggedError<UnreadableFile>()("UnreadableFile", {
  file: Schema.String,
  problem: Schema.String,
}) {
  override get message(): string {
    return `${this.file}: ${this.problem}.`
  }
}

/** Stands for standard input among the paths. */
export const standardInput = "-"

const inputName = "standard input"

// Kept in a file: it can be read only once, while an import reads its files to check them and again to
// store them, and nobody should wait for a lock that is held while somebody types.
const keepStandardInput = Effect.gen(function* () {
  const { stdin } = yield* Stdio.Stdio
  const files = yield* FileSystem.FileSystem
  if (process.stdin.isTTY) yield* note("Paste battle reports here, then end with Ctrl-D …")
  const unreadable = () => new UnreadableFile({ file: inputName, problem: "it cannot be read" })
  const kept = yield* files.makeTempFileScoped({ prefix: "towerstats-" })
  yield* Stream.run(stdin, files.sink(kept))
  return {
    name: inputName,
    bytes: Stream.mapError(files.stream(kept), unreadable),
  } satisfies ReportSource
}).pipe(
  Effect.mapError(() => new UnreadableFile({ file: inputName, problem: "it cannot be read" })),
)

const descriptions: Readonly<Record<string, string>> = {
  NotFound: "there is no such file or folder",
  BadResource: "it is not a file",
}

const describe = (reason: string): string => descriptions[reason] ?? `it cannot be read (${reason})`

const unreadable =
  (file: string) =>
  ({ reason }: PlatformError) =>
    new UnreadableFile({ file, problem: describe(reason._tag) })

/** How many of the entries that are left out are named. */
const named = 5

const isHidden = (name: string): boolean => name.startsWith(".")

const warnOfLeftOut = (folder: string, names: readonly string[]) => {
  const others = names.length > named ? ` and ${names.length - named} more` : ""
  return noticeWarning(
    `${folder}: only the .txt files of a folder are read. Left out: ${names.slice(0, named).join(", ")}${others}. To import any of these, name them on the command line.`,
  )
}

const filesAt = Effect.fnUntraced(function* (given: string) {
  const files = yield* FileSystem.FileSystem
  const path = yield* Path.Path
  const { type } = yield* Effect.mapError(files.stat(given), unreadable(given))
  if (type !== "Directory") return [given]
  const names = yield* Effect.mapError(files.readDirectory(given), unreadable(given))
  const texts = names.filter((name) => name.toLowerCase().endsWith(".txt"))
  if (texts.length === 0)
    return yield* new UnreadableFile({ file: given, problem: "the folder has no .txt files" })
  const leftOut = names.filter((name) => !texts.includes(name) && !isHidden(name)).sort()
  if (leftOut.length > 0) yield* warnOfLeftOut(given, leftOut)
  return texts.sort().map((name) => path.join(given, name))
})

/**
 * The sources behind the paths, in order: a folder stands for the `.txt` files directly in it, by
 * name, and `-` for standard input, which is read to its end here and kept until the scope ends. What
 * else is in a folder, unless it is hidden, is named in a warning. Fails if there is nothing to read.
 */
export const listReportFiles = Effect.fnUntraced(function* (paths: readonly string[]) {
  const files = yield* FileSystem.FileSystem
  const sourceAt = (file: string): ReportSource => ({
    name: file,
    bytes: Stream.mapError(files.stream(file), unreadable(file)),
  })
  const listed = yield* Effect.forEach(
    paths,
    Effect.fnUntraced(function* (given) {
      if (given === standardInput) return [yield* keepStandardInput]
      return (yield* filesAt(given)).map(sourceAt)
    }),
  )
  return listed.flat()
})
