import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import type { PageError } from "./page-errors.ts"
import type { PageSource } from "./page-source.ts"
import { type SavedPageError, type SaveFailed, savedPages, savePages } from "./saved-pages.ts"

/** What a command's flags say about where pages come from. */
export interface SourceFlags {
  /** A folder of saved pages to read in place of the wiki. */
  readonly from: Option.Option<string>
  /** A folder in which to keep each page that was read. */
  readonly save: Option.Option<string>
}

// Loading the HTTP client takes a while: only a run that goes to the network should wait for it.
const liveWiki = Effect.promise(() => import("./live-pages.ts")).pipe(
  Effect.flatMap((module) => module.liveWiki),
)

/** The source of pages that a command's flags ask for: the live wiki unless they name a folder. */
export const chooseSource = Effect.fnUntraced(function* ({ from, save }: SourceFlags) {
  const source: PageSource<PageError | SavedPageError> = Option.isSome(from)
    ? yield* savedPages(from.value)
    : yield* liveWiki
  const kept: PageSource<PageError | SavedPageError | SaveFailed> = Option.isSome(save)
    ? yield* savePages(source, save.value)
    : source
  return kept
})
