import * as Schema from "effect/Schema"

const isPlain = (text: string): boolean =>
  text !== "" && text.trim() === text && !/\p{Cc}/u.test(text)

/** A name that can be typed again and told from others: no blanks around it, all on one line. */
export const PlainName = Schema.String.check(
  Schema.makeFilter(
    (text) => isPlain(text) || "Expected a name, on one line and without blanks around it",
  ),
)
