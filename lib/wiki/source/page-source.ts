import type * as Effect from "effect/Effect"
import type { WikiPage } from "../catalogue.ts"

/** Where the HTML of pages comes from: the wiki itself, or saved copies. */
export type PageSource<E, R = never> = (page: WikiPage) => Effect.Effect<string, E, R>
