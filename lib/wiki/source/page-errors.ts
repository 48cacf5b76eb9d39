import * as Context from "effect/Context"
import * as Schema from "effect/Schema"
import { codeOf } from "../../terminal/error-code.ts"

/** What every fetch error says: which page was requested, how often, and how. */
const requestFields = {
  /** The page's address as it is stored with its rows. */
  page: Schema.String,
  /** How many attempts were made, the failed one included. */
  attempts: Schema.Int,
  /** How the page itself was refused, if the wiki's API was asked instead; otherwise null. */
  pageAnswer: Schema.NullOr(Schema.String),
}

export type RequestInfo = Schema.Struct.Type<typeof requestFields>

/** The request that is being made, for the errors it may end in. */
export class CurrentRequest extends Context.Service<CurrentRequest, RequestInfo>()(
  "towerstats/wiki/CurrentRequest",
) {}

/** What to do about a fault that may pass. */
const tryLater = "Run again later, or read saved pages with --from DIR."

/** What to do about a page that only a person gets to see. */
const saveByHand =
  "Open the address in a browser, save the page, and read the saved copy with --from DIR."

/** A fetch's failure in words: the page, the cause, the attempts, and what to do next. */
const fetchFailure = (
  { page, attempts, pageAnswer }: RequestInfo,
  cause: string,
  advice: string,
): string => {
  const way = pageAnswer === null ? "" : ` from the wiki's API (the page itself: ${pageAnswer})`
  const count = attempts === 1 ? "1 attempt" : `${attempts} attempts`
  return `${page} could not be fetched${way}: ${cause} (${count}). ${advice}`
}

/** Nothing listens at the page's address. */
export class ConnectionRefused extends Schema.TaggedError<ConnectionRefused>()(
  "ConnectionRefused",
  { ...requestFields, host: Schema.String },
) {
  override get message(): string {
    return fetchFailure(this, `${this.host} refused the connection`, tryLater)
  }
}

/** The host's name cannot be resolved. */
export class HostNotFound extends Schema.TaggedError<HostNotFound>()("HostNotFound", {
  ...requestFields,
  host: Schema.String,
  code: Schema.String,
}) {
  override get message(): string {
    return fetchFailure(
      this,
      `the name ${this.host} cannot be resolved, ${this.code}`,
      "Check the spelling and the network connection, or read saved pages with --from DIR.",
    )
  }
}

/** The connection broke off before the answer was complete. */
export class ConnectionBroken extends Schema.TaggedError<ConnectionBroken>()("ConnectionBroken", {
  ...requestFields,
  host: Schema.String,
  code: Schema.String,
}) {
  override get message(): string {
    return fetchFailure(this, `the connection to ${this.host} broke, ${this.code}`, tryLater)
  }
}

/** The host cannot prove by its certificate that it is what it claims to be. */
export class CertificateRejected extends Schema.TaggedError<CertificateRejected>()(
  "CertificateRejected",
  { ...requestFields, host: Schema.String, code: Schema.String },
) {
  override get message(): string {
    return fetchFailure(
      this,
      `the certificate of ${this.host} is not to be trusted, ${this.code}`,
      "Check this machine's clock; behind a proxy with certificates of its own, name them in NODE_EXTRA_CA_CERTS.",
    )
  }
}

/** The answer's compressed body cannot be unpacked. */
export class BodyDamaged extends Schema.TaggedError<BodyDamaged>()("BodyDamaged", {
  ...requestFields,
  code: Schema.String,
}) {
  override get message(): string {
    return fetchFailure(this, `its compressed content is damaged, ${this.code}`, tryLater)
  }
}

/** An attempt took longer than it may. */
export class FetchTimedOut extends Schema.TaggedError<FetchTimedOut>()("FetchTimedOut", {
  ...requestFields,
  seconds: Schema.Finite,
}) {
  override get message(): string {
    return fetchFailure(this, `no complete answer within ${this.seconds} s`, tryLater)
  }
}

/** Why no answer, or only part of one, came from the network. */
export type NetworkError =
  | ConnectionRefused
  | HostNotFound
  | ConnectionBroken
  | CertificateRejected
  | BodyDamaged
  | FetchTimedOut

/** The page's address is not one to fetch from. */
export class AddressRefused extends Schema.TaggedError<AddressRefused>()("AddressRefused", {
  ...requestFields,
  problem: Schema.String,
}) {
  override get message(): string {
    return fetchFailure(this, this.problem, "Give the address of a page that anyone may read.")
  }
}

/** The page is redirected to where it must not be taken from. */
export class RedirectRefused extends Schema.TaggedError<RedirectRefused>()("RedirectRefused", {
  ...requestFields,
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
  ...requestFields,
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
  requestFields,
) {
  override get message(): string {
    return fetchFailure(
      this,
      "a challenge or another page without the wiki's content (mw-parser-output) came instead",
      saveByHand,
    )
  }
}

/** The answer is not text of the requested media type. */
export class UnsupportedContent extends Schema.TaggedError<UnsupportedContent>()(
  "UnsupportedContent",
  { ...requestFields, expected: Schema.String, contentType: Schema.NullOr(Schema.String) },
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
  ...requestFields,
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
  ...requestFields,
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
type AnswerError =
  | AddressRefused
  | RedirectRefused
  | UnexpectedStatus
  | ChallengeAnswered
  | UnsupportedContent
  | UnreadableText
  | BodyTooLarge

/** The wiki has no page of this title. */
export class PageMissing extends Schema.TaggedError<PageMissing>()("PageMissing", {
  ...requestFields,
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
  ...requestFields,
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
  { ...requestFields, problem: Schema.String },
) {
  override get message(): string {
    return fetchFailure(this, `the API's answer ${this.problem}`, saveByHand)
  }
}

/** Why the wiki's API did not return the page. */
export type ApiError = PageMissing | ApiRefused | ApiAnswerUnreadable

/** Why a page could not be fetched from the wiki. */
export type PageError = NetworkError | AnswerError | ApiError

// The codes of Bun's fetch: those of getaddrinfo, of BoringSSL, of its decompressors, else errno.
const nameCode = /^(?:ENOTFOUND|EAI_.*)$/
const certificateCode = /^(?:CERT_.*|UNABLE_TO_.*|DEPTH_ZERO_.*|SELF_SIGNED_.*|ERR_TLS_CERT_.*)$/
const decompressionCode = /^(?:ZlibError|.*DecompressionError)$/

/** The error behind what Bun's `fetch`, or reading its body, failed with. */
export const networkError = (info: RequestInfo, host: string, cause: unknown): NetworkError => {
  const code = codeOf(cause)
  if (code === "ECONNREFUSED") return new ConnectionRefused({ ...info, host })
  if (nameCode.test(code)) return new HostNotFound({ ...info, host, code })
  if (certificateCode.test(code)) return new CertificateRejected({ ...info, host, code })
  if (decompressionCode.test(code)) return new BodyDamaged({ ...info, code })
  return new ConnectionBroken({ ...info, host, code })
}
