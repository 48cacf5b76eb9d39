import * as Result from "effect/Result"
import { type DriftProblem, type DriftSubject, driftOf } from "../drift.ts"
import {
  type LevelledKind,
  type LevelledKindRules,
  levelledKinds,
  type ParameterColumn,
} from "../registry.ts"

/** A bot, weapon or chip together with what the registry expects of its upgrade table. */
export interface LevelledEntity extends DriftSubject {
  readonly rules: LevelledKindRules
  readonly parameters: readonly ParameterColumn[]
}

/** Looks an entity up in the registry; one that is not there is drift. */
export function findEntity(
  subject: DriftSubject & { readonly kind: LevelledKind },
): Result.Result<LevelledEntity, DriftProblem> {
  const rules = levelledKinds[subject.kind]
  const parameters = rules.entities.get(subject.slug)
  return parameters === undefined
    ? Result.fail(driftOf(subject, "unknown-entity", { expected: [...rules.entities.keys()] }))
    : Result.succeed({ ...subject, rules, parameters })
}
