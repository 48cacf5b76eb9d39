import type * as Effect from "effect/Effect"
import type { WikiPage } from "../catalogue.ts"

/** A page's content, wherever it came from. */
export interface PageContent {
  readonly html: string
  /** The page's revision where something other than its HTML tells it; else null. */
  readonly revision: number | null
}

/** Where pages come from: the wiki itself, or saved copies. */
export type PageSource<E, R = never> = (page: WikiPage) => Effect.Effect<PageContent, E, R>
