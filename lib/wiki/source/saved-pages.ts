import * as Effect from "effect/Effect"
import * as FileSystem from "effect/FileSystem"
import * as Path from "effect/Path"
import type * as PlatformError from "effect/PlatformError"
import * as Schema from "effect/Schema"
import { reasonOf, replaceFile } from "../../replace-file.ts"
import type { WikiPage } from "../catalogue.ts"
import type { PageSource } from "./page-source.ts"

/** The folder of saved pages cannot be read. */
export class SavedPagesUnreadable extends Schema.TaggedError<SavedPagesUnreadable>()(
  "SavedPagesUnreadable",
  { folder: Schema.String },
) {
  override get message(): string {
    return `The folder ${this.folder} cannot be read. Give --from a folder with saved pages, such as Golden_Bot.html.`
  }
}

/** A page is not among the saved ones. */
export class SavedPageMissing extends Schema.TaggedError<SavedPageMissing>()("SavedPageMissing", {
  page: Schema.String,
  file: Schema.String,
}) {
  override get message(): string {
    return `${this.page} is not among the saved pages: ${this.file} cannot be read. Save it there, or pass --keep-going to do without it.`
  }
}

/** A saved page is not in UTF-8: read as such, its text would be spoilt unnoticed. */
export class SavedPageNotUtf8 extends Schema.TaggedError<SavedPageNotUtf8>()("SavedPageNotUtf8", {
  page: Schema.String,
  file: Schema.String,
}) {
  override get message(): string {
    return `${this.page} cannot be read from ${this.file}, which is not in UTF-8. Save the page again in that encoding.`
  }
}

export type SavedPageError = SavedPageMissing | SavedPageNotUtf8

/** Pages as saved by `--save`, each in a file of its title's name. */
export const savedPages = Effect.fnUntraced(function* (folder: string) {
  const files = yield* FileSystem.FileSystem
  const path = yield* Path.Path
  yield* files
    .readDirectory(folder)
    .pipe(Effect.mapError(() => new SavedPagesUnreadable({ folder })))
  return Effect.fnUntraced(function* (page: WikiPage) {
    const file = path.join(folder, page.fileName)
    const bytes = yield* files
      .readFile(file)
      .pipe(Effect.mapError(() => new SavedPageMissing({ page: page.url, file })))
    return yield* Effect.try({
      try: () => new TextDecoder("utf-8", { fatal: true }).decode(bytes),
      catch: () => new SavedPageNotUtf8({ page: page.url, file }),
    })
  })
})

/** Pages cannot be kept in the folder named. */
export class SaveFailed extends Schema.TaggedError<SaveFailed>()("SaveFailed", {
  /** The folder, or the file in it, that cannot be written. */
  path: Schema.String,
  reason: Schema.String,
}) {
  override get message(): string {
    return `${this.path} cannot be written: ${this.reason}. Give --save a folder that you may write to.`
  }
}

const saveFailed = (path: string) => (error: PlatformError.PlatformError) =>
  new SaveFailed({ path, reason: reasonOf(error) })

/**
 * A source that also keeps each page in a folder, from which `savedPages` reads the same. A file is
 * replaced as a whole: a concurrent reader sees the old page or the new one.
 */
export const savePages = Effect.fnUntraced(function* <E, R>(
  source: PageSource<E, R>,
  folder: string,
) {
  const services = yield* Effect.context<FileSystem.FileSystem | Path.Path>()
  const files = yield* FileSystem.FileSystem
  const path = yield* Path.Path
  yield* files.makeDirectory(folder, { recursive: true }).pipe(Effect.mapError(saveFailed(folder)))

  const save = (page: WikiPage, html: string) => {
    const file = path.join(folder, page.fileName)
    return replaceFile(file, html).pipe(Effect.provide(services), Effect.mapError(saveFailed(file)))
  }
  return (page: WikiPage): Effect.Effect<string, E | SaveFailed, R> =>
    Effect.tap(source(page), (html) => save(page, html))
})
