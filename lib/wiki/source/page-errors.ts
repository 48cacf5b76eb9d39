import * as Schema from "effect/Schema"
import { askedFields, fetchFailure, saveByHand, tryLater } from "./fetch-failure.ts"

/** The page's address is not one to fetch from. */
export class AddressRefused extends Schema.TaggedError<AddressRefused>()("AddressRefused", {
  ...askedFields,
  problem: Schema.String,
}) {
  override get message(): string {
    return fetchFailure(this, this.problem, "Give the address of a page that anyone may read.")
  }
}

/** The page is redirected to where it must not be taken from. */
export class RedirectRefused extends Schema.TaggedError<RedirectRefused>()("RedirectRefused", {
  ...askedFields,
  /** The `Location` that was not followed. */
  location: Schema.String,
  problem: Schema.String,
}) {
  override get message(): string {
    return fetchFailure(
      this,
      `it is redirected to ${this.location}, ${this.problem}`,
      "Open the address in a browser; if the page has moved for good, name its new place with --url.",
    )
  }
}

const statusAdvice = (status: number): string => {
  if (status === 404 || status === 410)
    return "Check the title on the wiki; if the page was renamed, name its new place with --url."
  return status === 429 || status >= 500 ? tryLater : saveByHand
}

/** The server answered with something else than the page. */
export class UnexpectedStatus extends Schema.TaggedError<UnexpectedStatus>()("UnexpectedStatus", {
  ...askedFields,
  status: Schema.Int,
  /** Whether HTML came along that is not the wiki's, as from a guard in front of it. */
  isChallenge: Schema.Boolean,
  /** How many seconds the server asked to wait, where it did. */
  retryAfter: Schema.NullOr(Schema.Finite),
}) {
  override get message(): string {
    const wait = this.retryAfter === null ? "" : `, to be asked again in ${this.retryAfter} s`
    return fetchFailure(
      this,
      `the server answered with status ${this.status}${wait}`,
      statusAdvice(this.status),
    )
  }
}

/** A page came that is not the wiki's: it asks whether a person is there, or to log in. */
export class ChallengeAnswered extends Schema.TaggedError<ChallengeAnswered>()(
  "ChallengeAnswered",
  askedFields,
) {
  override get message(): string {
    return fetchFailure(
      this,
      "a challenge or another page without the wiki's content (mw-parser-output) came instead",
      saveByHand,
    )
  }
}

/** What came is no text of the kind asked for. */
export class UnsupportedContent extends Schema.TaggedError<UnsupportedContent>()(
  "UnsupportedContent",
  { ...askedFields, expected: Schema.String, contentType: Schema.NullOr(Schema.String) },
) {
  override get message(): string {
    return fetchFailure(
      this,
      `expected ${this.expected} but the content type is ${this.contentType ?? "not given"}`,
      "Check that the address is that of a page of a wiki.",
    )
  }
}

/** The text cannot be read: its character set is unknown, or not the one it claims. */
export class UnreadableText extends Schema.TaggedError<UnreadableText>()("UnreadableText", {
  ...askedFields,
  charset: Schema.String,
  isKnown: Schema.Boolean,
}) {
  override get message(): string {
    return fetchFailure(
      this,
      this.isKnown
        ? `its text is not valid in its character set, ${this.charset}`
        : `its character set, ${this.charset}, is unknown`,
      saveByHand,
    )
  }
}

/** More came than any page of the wiki has. */
export class BodyTooLarge extends Schema.TaggedError<BodyTooLarge>()("BodyTooLarge", {
  ...askedFields,
  /** The limit, in bytes after decompression. */
  limit: Schema.Int,
}) {
  override get message(): string {
    return fetchFailure(
      this,
      `its content is larger than ${this.limit} bytes`,
      "Check that the address is that of a page of a wiki.",
    )
  }
}

/** Why an answer is not the page. */
export type AnswerError =
  | AddressRefused
  | RedirectRefused
  | UnexpectedStatus
  | ChallengeAnswered
  | UnsupportedContent
  | UnreadableText
  | BodyTooLarge
