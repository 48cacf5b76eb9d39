import { join } from "node:path"
import * as Result from "effect/Result"
import { catalogue } from "../../lib/wiki/catalogue.ts"
import { scrapePage } from "../../lib/wiki/scrape.ts"

// Takes every page of the folder in the first argument apart, and does nothing with it.
const folder = process.argv[2] ?? ""
for (const page of catalogue.filter(({ mayBeAbsent }) => !mayBeAbsent))
  Result.getOrThrow(scrapePage(page, await Bun.file(join(folder, page.fileName)).text()))
