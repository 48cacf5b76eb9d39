import * as Predicate from "effect/Predicate"
import * as Schema from "effect/Schema"
import { type Asked, askedFields, fetchFailure, tryLater } from "./fetch-failure.ts"

/** Nothing listens at the page's address. */
export class ConnectionRefused extends Schema.TaggedError<ConnectionRefused>()(
  "ConnectionRefused",
  { ...askedFields, host: Schema.String },
) {
  override get message(): string {
    return fetchFailure(this, `${this.host} refused the connection`, tryLater)
  }
}

/** The host's name cannot be resolved. */
export class HostNotFound extends Schema.TaggedError<HostNotFound>()("HostNotFound", {
  ...askedFields,
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
  ...askedFields,
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
  { ...askedFields, host: Schema.String, code: Schema.String },
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
  ...askedFields,
  code: Schema.String,
}) {
  override get message(): string {
    return fetchFailure(this, `its compressed content is damaged, ${this.code}`, tryLater)
  }
}

/** An attempt took longer than it may. */
export class FetchTimedOut extends Schema.TaggedError<FetchTimedOut>()("FetchTimedOut", {
  ...askedFields,
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

const codeOf = (cause: unknown): string =>
  Predicate.hasProperty(cause, "code") && typeof cause.code === "string"
    ? cause.code
    : String(cause)

// The codes of Bun's fetch: those of getaddrinfo, of BoringSSL, of its decompressors, else errno.
const nameCode = /^(?:ENOTFOUND|EAI_.*)$/
const certificateCode = /^(?:CERT_.*|UNABLE_TO_.*|DEPTH_ZERO_.*|SELF_SIGNED_.*|ERR_TLS_CERT_.*)$/
const decompressionCode = /^(?:ZlibError|.*DecompressionError)$/

/** The error behind what Bun's `fetch`, or reading its body, failed with. */
export const networkError = (asked: Asked, host: string, cause: unknown): NetworkError => {
  const code = codeOf(cause)
  if (code === "ECONNREFUSED") return new ConnectionRefused({ ...asked, host })
  if (nameCode.test(code)) return new HostNotFound({ ...asked, host, code })
  if (certificateCode.test(code)) return new CertificateRejected({ ...asked, host, code })
  if (decompressionCode.test(code)) return new BodyDamaged({ ...asked, code })
  return new ConnectionBroken({ ...asked, host, code })
}
