import * as Predicate from "effect/Predicate"

/** The code of what the system, the runtime or a driver failed with; its text where it has none. */
export function codeOf(cause: unknown): string {
  return Predicate.hasProperty(cause, "code") && Predicate.isString(cause.code)
    ? cause.code
    : String(cause)
}
