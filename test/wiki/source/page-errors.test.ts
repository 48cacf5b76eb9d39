import { describe, expect, test } from "bun:test"
import { type NetworkError, networkError } from "../../../lib/wiki/source/page-errors.ts"

const asked = { page: "https://wiki.test/wiki/Cards", pageAnswer: null, attempts: 4 }

const errorOf = (cause: unknown) => networkError(asked, "wiki.test", cause)

describe("a failure of the network", () => {
  test.each<[string, NetworkError["_tag"]]>([
    ["ECONNREFUSED", "ConnectionRefused"],
    ["ENOTFOUND", "HostNotFound"],
    ["EAI_AGAIN", "HostNotFound"],
    ["EAI_NODATA", "HostNotFound"],
    ["ECONNRESET", "ConnectionBroken"],
    ["EPIPE", "ConnectionBroken"],
    ["ETIMEDOUT", "ConnectionBroken"],
    ["ENETUNREACH", "ConnectionBroken"],
    ["EPROTO", "ConnectionBroken"],
    ["Malformed_HTTP_Response", "ConnectionBroken"],
    ["CERT_HAS_EXPIRED", "CertificateRejected"],
    ["DEPTH_ZERO_SELF_SIGNED_CERT", "CertificateRejected"],
    ["SELF_SIGNED_CERT_IN_CHAIN", "CertificateRejected"],
    ["UNABLE_TO_VERIFY_LEAF_SIGNATURE", "CertificateRejected"],
    ["ERR_TLS_CERT_ALTNAME_INVALID", "CertificateRejected"],
    ["ZlibError", "BodyDamaged"],
    ["BrotliDecompressionError", "BodyDamaged"],
    ["ZstdDecompressionError", "BodyDamaged"],
  ])("a failure of the network with code %s is a %s", (code, tag) => {
    const error = errorOf(Object.assign(new TypeError("fetch failed"), { code }))
    expect(error._tag).toBe(tag)
    expect(error).toMatchObject(asked)
  })

  test("a failure of the network without a code is told in its own words", () => {
    expect(errorOf(new TypeError("fetch failed")).message).toBe(
      "https://wiki.test/wiki/Cards could not be fetched: the connection to wiki.test broke, TypeError: fetch failed (4 attempts). Run again later, or read saved pages with --from DIR.",
    )
  })
})
