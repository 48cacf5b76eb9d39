import { generateKeyPairSync, sign } from "node:crypto"

// Tags and values of X.509 (RFC 5280) in DER: only what one certificate needs.
const sequence = 0x30
const set = 0x31
const integer = 0x02
const boolean = 0x01
const octetString = 0x04
const utcTime = 0x17
const utf8String = 0x0c

const lengthOf = (size: number): readonly number[] => {
  if (size < 0x80) return [size]
  return size < 0x100 ? [0x81, size] : [0x82, size >> 8, size & 0xff]
}

const der = (tag: number, ...content: readonly Uint8Array[]): Buffer => {
  const value = Buffer.concat(content)
  return Buffer.concat([Buffer.from([tag, ...lengthOf(value.length)]), value])
}

const byte = (value: number) => Buffer.from([value])
const text = (value: string) => Buffer.from(value, "utf8")
const identifier = (hex: string) => der(0x06, Buffer.from(hex, "hex"))

const ecdsaWithSha256 = der(sequence, identifier("2a8648ce3d040302"))
const commonName = identifier("550403")
const subjectAlternativeName = identifier("551d11")
const basicConstraints = identifier("551d13")
const yes = der(boolean, byte(0xff))

const time = (millis: number) =>
  der(
    utcTime,
    text(
      `${new Date(millis)
        .toISOString()
        .replace(/[-:T]|\.\d+/g, "")
        .slice(2)}`,
    ),
  )

const extension = (name: Uint8Array, critical: readonly Uint8Array[], value: Uint8Array) =>
  der(sequence, name, ...critical, der(octetString, value))

const pem = (label: string, content: Uint8Array) => {
  const lines =
    Buffer.from(content)
      .toString("base64")
      .match(/.{1,64}/g) ?? []
  return [`-----BEGIN ${label}-----`, ...lines, `-----END ${label}-----`, ""].join("\n")
}

/** A certificate that vouches for itself, for a day, and its key; both as PEM. */
export const selfSigned = (host: string): { readonly cert: string; readonly key: string } => {
  const { publicKey, privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" })
  const day = 24 * 60 * 60 * 1000
  const name = der(sequence, der(set, der(sequence, commonName, der(utf8String, text(host)))))
  const hosts = der(sequence, der(0x82, text(host)))
  const content = der(
    sequence,
    der(0xa0, der(integer, byte(2))),
    der(integer, byte(1)),
    ecdsaWithSha256,
    name,
    der(sequence, time(Date.now() - day), time(Date.now() + day)),
    name,
    publicKey.export({ type: "spki", format: "der" }),
    der(
      0xa3,
      der(
        sequence,
        extension(basicConstraints, [yes], der(sequence, yes)),
        extension(subjectAlternativeName, [], hosts),
      ),
    ),
  )
  const signature = sign("sha256", content, { key: privateKey, dsaEncoding: "der" })
  const certificate = der(sequence, content, ecdsaWithSha256, der(0x03, byte(0), signature))
  return {
    cert: pem("CERTIFICATE", certificate),
    key: privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
  }
}
