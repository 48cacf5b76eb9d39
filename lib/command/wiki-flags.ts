import * as Flag from "effect/cli/Flag"
import * as Schema from "effect/Schema"
import { switchFlag } from "./flags.ts"

/** The flags of every command that reads the wiki's pages. */
export const wikiFlags = {
  from: Flag.String("from").pipe(
    Flag.withSchema(Schema.NonEmptyString),
    Flag.withDescription("Read saved pages (Golden_Bot.html) from this folder, not the network"),
    Flag.withMetavar("folder"),
    Flag.optional,
  ),
  save: Flag.String("save").pipe(
    Flag.withSchema(Schema.NonEmptyString),
    Flag.withDescription("Also keep each page that was read, in this folder"),
    Flag.withMetavar("folder"),
    Flag.optional,
  ),
  allowShrink: switchFlag("allow-shrink", "Accept a table that lost most of its rows"),
  keepGoing: switchFlag("keep-going", "Use what works; name what failed and exit 1"),
}
