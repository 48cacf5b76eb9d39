import type { ApiError } from "./api-errors.ts"
import type { NetworkError } from "./network-errors.ts"
import type { AnswerError } from "./page-errors.ts"

/** Why a page could not be fetched from the wiki. */
export type PageError = NetworkError | AnswerError | ApiError
