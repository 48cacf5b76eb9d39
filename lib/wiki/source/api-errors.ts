import * as Schema from "effect/Schema"
import { askedFields, fetchFailure, saveByHand, tryLater } from "./fetch-failure.ts"

/** The wiki has no page of this title. */
export class PageMissing extends Schema.TaggedError<PageMissing>()("PageMissing", {
  ...askedFields,
  title: Schema.String,
}) {
  override get message(): string {
    return fetchFailure(
      this,
      `the wiki has no page ${this.title}`,
      "Check the title on the wiki; if the page was renamed, name its new place with --url.",
    )
  }
}

/** The wiki's API answered with an error of its own. */
export class ApiRefused extends Schema.TaggedError<ApiRefused>()("ApiRefused", {
  ...askedFields,
  code: Schema.String,
  info: Schema.String,
}) {
  override get message(): string {
    return fetchFailure(this, `the API refused, ${this.code}, "${this.info}"`, tryLater)
  }
}

/** The wiki's API answered with something that is not a page. */
export class ApiAnswerUnreadable extends Schema.TaggedError<ApiAnswerUnreadable>()(
  "ApiAnswerUnreadable",
  { ...askedFields, problem: Schema.String },
) {
  override get message(): string {
    return fetchFailure(this, `the API's answer ${this.problem}`, saveByHand)
  }
}

/** Why the wiki's API did not give the page. */
export type ApiError = PageMissing | ApiRefused | ApiAnswerUnreadable
