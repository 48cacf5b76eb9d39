// Reads the catalogue's pages from the source in its argument, and prints the result.
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import { platform } from "../../lib/command/run-command.ts"
import { catalogue } from "../../lib/wiki/catalogue.ts"
import { readPages } from "../../lib/wiki/read-pages.ts"
import { chooseSource } from "../../lib/wiki/source/choose-source.ts"

const { from, save, title } = JSON.parse(process.argv[2] ?? "{}")

const readings = await Effect.gen(function* () {
  const source = yield* chooseSource({
    from: Option.fromUndefinedOr(from),
    save: Option.fromUndefinedOr(save),
  })
  const pages = catalogue.filter((page) => title === undefined || page.title === title)
  return yield* readPages(source, pages, {})
}).pipe(Effect.provide(platform), Effect.runPromise)

const httpIsLoaded = Object.keys(require.cache).some((file) => file.includes("FetchHttpClient"))
process.stdout.write(JSON.stringify({ ...readings, httpIsLoaded }))
