import * as Effect from "effect/Effect"
import * as FileSystem from "effect/FileSystem"
import * as Option from "effect/Option"
import * as Path from "effect/Path"
import type * as PlatformError from "effect/PlatformError"
import * as Schema from "effect/Schema"
import type { Mode } from "../../database/transaction.ts"
import { reasonOf, replaceFile } from "../../replace-file.ts"
import type { Outcome } from "../../terminal/report.ts"
import { definitionKinds } from "../registry.ts"
import { loadDefinitions, loadOrigins } from "../stored-definitions.ts"
import { Index } from "./documents.ts"
import { type ExportedFile, openData } from "./open-data.ts"

/** A file of the export, or its folder, cannot be read or written. */
export class ExportFailed extends Schema.TaggedError<ExportFailed>()("ExportFailed", {
  path: Schema.String,
  reason: Schema.String,
}) {
  override get message(): string {
    return `${this.path} cannot be read or written: ${this.reason}. Give --out a folder that you may write to.`
  }
}

/** The folder has an index that no export wrote. */
export class ExportFolderTaken extends Schema.TaggedError<ExportFolderTaken>()(
  "ExportFolderTaken",
  { path: Schema.String },
) {
  override get message(): string {
    return `${this.path} was not written by this command; nothing was touched. Give --out a folder of its own, or remove that file.`
  }
}

const exportFailed = (path: string) => (error: PlatformError.PlatformError) =>
  new ExportFailed({ path, reason: reasonOf(error) })

const isMissing = ({ reason }: PlatformError.PlatformError) => reason._tag === "NotFound"

/** The text of a file; null where there is none. */
const readText = Effect.fnUntraced(function* (file: string) {
  const files = yield* FileSystem.FileSystem
  return yield* files.readFileString(file).pipe(
    Effect.catchIf(isMissing, () => Effect.succeed(null)),
    Effect.mapError(exportFailed(file)),
  )
})

const decodeIndex = Schema.decodeUnknownOption(Schema.fromJsonString(Index))

/** The paths that the folder's last export wrote. */
const writtenBefore = Effect.fnUntraced(function* (file: string) {
  const text = yield* readText(file)
  if (text === null) return []
  const index = decodeIndex(text)
  if (Option.isNone(index)) return yield* new ExportFolderTaken({ path: file })
  return index.value.files.map(({ path }) => path)
})

type Status = "added" | "changed" | "unchanged" | "removed"

/** What an export does to a file. */
interface PlannedFile extends Omit<ExportedFile, "text"> {
  readonly status: Status
  /** Null where the file goes. */
  readonly text: string | null
}

const planFiles = Effect.fnUntraced(function* (folder: string, exported: readonly ExportedFile[]) {
  const path = yield* Path.Path
  const before = yield* writtenBefore(path.join(folder, "index.json"))
  const planned = yield* Effect.forEach(exported, (file) =>
    Effect.map(readText(path.join(folder, file.path)), (text): PlannedFile => {
      const status = text === null ? "added" : text === file.text ? "unchanged" : "changed"
      return { ...file, status }
    }),
  )
  const gone = before
    .filter((listed) => !exported.some((file) => file.path === listed))
    .map((listed): PlannedFile => ({ path: listed, status: "removed", text: null, entries: null }))
  return [...planned, ...gone]
})

// The index comes first in the plan and is written last: until then it lists what the last export
// wrote, so that an export that was stopped half-way is completed by the next.
const applyPlan = Effect.fnUntraced(function* (folder: string, planned: readonly PlannedFile[]) {
  const files = yield* FileSystem.FileSystem
  const path = yield* Path.Path
  for (const file of planned.filter(({ status }) => status !== "unchanged").toReversed()) {
    const target = path.join(folder, file.path)
    const write =
      file.text === null
        ? files.remove(target, { force: true })
        : Effect.andThen(
            files.makeDirectory(path.dirname(target), { recursive: true }),
            replaceFile(target, file.text),
          )
    yield* Effect.mapError(write, exportFailed(target))
  }
})

/** The definitions in the database as files of open data. */
export const loadOpenData = Effect.map(
  Effect.all([loadDefinitions(definitionKinds), loadOrigins]),
  ([definitions, origins]) => openData(definitions, origins),
)

/** Makes a folder's files those of the export, or says for a check which would change. */
export const writeOpenData = Effect.fnUntraced(function* (
  mode: Mode,
  folder: string,
  exported: readonly ExportedFile[],
) {
  const planned = yield* planFiles(folder, exported)
  if (mode === "write") yield* applyPlan(folder, planned)
  const count = (status: Status) => planned.filter((file) => file.status === status).length
  const total = {
    ...{ added: count("added"), changed: count("changed") },
    ...{ removed: count("removed"), unchanged: count("unchanged") },
  }
  return {
    units: planned.map(({ path, status, entries }) => ({ file: path, status, entries })),
    total,
    changes: total.added + total.changed + total.removed,
  } satisfies Outcome
})
