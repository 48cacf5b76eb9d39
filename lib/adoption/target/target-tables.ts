/** What becomes of a column of a row that is here already. */
export type ColumnRule =
  /** Tells the row from the others. */
  | "key"
  /** The row's number; the source's is kept where it is free. */
  | "id"
  /** Never compared: derived again here, or part of the key as well. */
  | "first"
  /** The greater of both is kept. */
  | "rises"
  /** The lesser of both is kept. */
  | "falls"
  /** Taken from the source where another column rises. */
  | "alongside"
  /** Taken from the source where that has seen the row later. */
  | "with last_seen"
  /** Always as the source has it now. */
  | "renewed"
  /** Reported where both differ; nobody but a person can choose. */
  | "same"

/** A table of ours that rows of the source go to. */
export interface TargetTable {
  readonly name: string
  /** Each column's type and rule. */
  readonly columns: Readonly<Record<string, readonly [type: string, rule: ColumnRule]>>
  /** Columns of long texts, which are handed over apart from the rest. */
  readonly long?: readonly string[]
  /** How `stored` is found for `given` where the key alone does not say; the best match first. */
  readonly match?: { readonly where: string; readonly best: string }
}

const used = {
  player_id: ["bigint", "key"],
  battle_report_id: ["bigint", "key"],
  slug: ["text", "key"],
  definition_id: ["bigint", "first"],
  notes: ["text", "same"],
} as const

const tables = {
  wikiRow: {
    name: "definitions.wiki_data",
    columns: {
      id: ["bigint", "id"],
      page_url: ["text", "key"],
      source_section: ["text", "key"],
      parse_version: ["text", "key"],
      entity_id: ["text", "key"],
      content_hash: ["text", "key"],
      canonical_name: ["text", "first"],
      headers: ["text[]", "first"],
      raw_row: ["jsonb", "first"],
      first_seen: ["timestamptz", "falls"],
      last_seen: ["timestamptz", "rises"],
      deprecated: ["boolean", "with last_seen"],
    },
  },
  definition: {
    name: "definitions.definition",
    columns: {
      id: ["bigint", "id"],
      kind: ["text", "key"],
      slug: ["text", "key"],
      name: ["text", "first"],
      wiki_page_url: ["text", "first"],
      wiki_entity_id: ["text", "first"],
      description: ["text", "first"],
      rarity: ["text", "first"],
      effect_raw: ["text", "first"],
      unlock_text: ["text", "first"],
      source_wikidata_id: ["bigint", "first"],
    },
  },
  parameter: {
    name: "definitions.parameter",
    columns: {
      id: ["bigint", "id"],
      definition_id: ["bigint", "key"],
      key: ["text", "key"],
      kind: ["text", "first"],
      display_name: ["text", "first"],
      unit_kind: ["text", "first"],
    },
  },
  parameterLevel: {
    name: "definitions.parameter_level",
    columns: {
      parameter_id: ["bigint", "key"],
      level: ["integer", "key"],
      kind: ["text", "first"],
      value_raw: ["text", "first"],
      cost_raw: ["text", "first"],
      currency: ["text", "first"],
      source_wikidata_id: ["bigint", "first"],
    },
  },
  patchBoundary: {
    name: "definitions.patch_boundary",
    columns: {
      id: ["bigint", "id"],
      boundary_date: ["date", "key"],
      label: ["text", "same"],
    },
  },
  unit: {
    name: "definitions.unit",
    columns: {
      id: ["bigint", "id"],
      name: ["text", "key"],
      symbol: ["text", "same"],
      kind: ["text", "same"],
    },
  },
  account: {
    name: "player_state.account",
    columns: { id: ["bigint", "id"], username: ["text", "same"] },
    // An account keeps its number when its user is renamed on either side.
    match: {
      where: `stored.username = given.username or stored.id = given.id and exists (
        select from towerstats.adopted_row
        where source_table = 'auth_user' and source_id = given.id::text
      )`,
      best: "stored.username = given.username desc",
    },
  },
  player: {
    name: "player_state.player",
    columns: {
      id: ["bigint", "id"],
      account_id: ["bigint", "key"],
      display_name: ["text", "same"],
      card_slots_unlocked: ["integer", "rises"],
      guardian_chip_slots_unlocked: ["integer", "rises"],
      created_at: ["timestamptz", "first"],
    },
  },
  preset: {
    name: "player_state.preset",
    columns: {
      id: ["bigint", "id"],
      player_id: ["bigint", "key"],
      name: ["text", "same"],
      colour: ["text", "same"],
      notes: ["text", "same"],
      created_at: ["timestamptz", "first"],
    },
    // A preset that was renamed on either side is still known by its number and its first moment.
    match: {
      where: `stored.player_id = given.player_id and (stored.name = given.name
        or stored.id = given.id and stored.created_at = given.created_at)`,
      best: "stored.id = given.id and stored.created_at = given.created_at desc",
    },
  },
  progress: {
    name: "player_state.progress",
    columns: {
      id: ["bigint", "id"],
      player_id: ["bigint", "key"],
      kind: ["text", "key"],
      slug: ["text", "key"],
      definition_id: ["bigint", "first"],
      unlocked: ["boolean", "rises"],
      active: ["boolean", "same"],
      inventory_count: ["integer", "same"],
      stars_unlocked: ["integer", "rises"],
      notes: ["text", "same"],
      updated_at: ["timestamptz", "alongside"],
    },
  },
  parameterProgress: {
    name: "player_state.parameter_progress",
    columns: {
      player_id: ["bigint", "key"],
      progress_id: ["bigint", "key"],
      key: ["text", "key"],
      parameter_id: ["bigint", "first"],
      level: ["integer", "rises"],
      updated_at: ["timestamptz", "alongside"],
    },
  },
  progressPreset: {
    name: "player_state.progress_preset",
    columns: {
      player_id: ["bigint", "key"],
      progress_id: ["bigint", "key"],
      preset_id: ["bigint", "key"],
      created_at: ["timestamptz", "first"],
    },
  },
  goal: {
    name: "player_state.goal",
    columns: {
      player_id: ["bigint", "key"],
      kind: ["text", "key"],
      slug: ["text", "key"],
      key: ["text", "key"],
      target_level: ["integer", "same"],
      label: ["text", "same"],
      notes: ["text", "same"],
      created_at: ["timestamptz", "first"],
      updated_at: ["timestamptz", "first"],
    },
  },
  battleReport: {
    name: "gamedata.battle_report",
    columns: {
      id: ["bigint", "id"],
      player_id: ["bigint", "key"],
      checksum: ["text", "key"],
      raw_text: ["text", "same"],
      parsed_at: ["timestamptz", "first"],
    },
    long: ["raw_text"],
  },
  battleReportProgress: {
    name: "gamedata.battle_report_progress",
    columns: {
      player_id: ["bigint", "key"],
      battle_report_id: ["bigint", "key"],
      battle_date: ["timestamptz", "first"],
      tier: ["integer", "first"],
      wave: ["bigint", "first"],
      real_time_seconds: ["bigint", "first"],
      killed_by: ["text", "first"],
      coins_earned: ["numeric", "first"],
      cash_earned: ["numeric", "first"],
      interest_earned: ["numeric", "first"],
      gem_blocks_tapped: ["numeric", "first"],
      cells_earned: ["numeric", "first"],
      reroll_shards_earned: ["numeric", "first"],
      coins_earned_raw: ["text", "first"],
      cash_earned_raw: ["text", "first"],
      interest_earned_raw: ["text", "first"],
      preset_id: ["bigint", "same"],
      preset_name: ["text", "same"],
      preset_colour: ["text", "same"],
      is_tournament: ["boolean", "same"],
      tournament_rank: ["text", "same"],
      is_hidden: ["boolean", "same"],
      is_dissonance: ["boolean", "same"],
      dissonance_type: ["text", "same"],
      dissonance_levels: ["jsonb", "same"],
    },
  },
  battleReportMetrics: {
    name: "gamedata.battle_report_metrics",
    columns: {
      player_id: ["bigint", "key"],
      battle_report_id: ["bigint", "key"],
      values: ["jsonb", "first"],
      raw_values: ["jsonb", "first"],
    },
  },
  runBot: { name: "gamedata.run_bot", columns: used },
  runGuardianChip: { name: "gamedata.run_guardian_chip", columns: used },
  runUltimateWeapon: {
    name: "gamedata.run_ultimate_weapon",
    columns: { ...used, role: ["text", "key"] },
  },
  adoptedRow: {
    name: "towerstats.adopted_row",
    columns: {
      source_table: ["text", "key"],
      source_id: ["text", "key"],
      why: ["text", "renewed"],
      row: ["jsonb", "renewed"],
    },
  },
} as const satisfies Readonly<Record<string, TargetTable>>

export type Target = keyof typeof tables

/** The tables of ours that rows of the source go to. */
export const targetTables: Readonly<Record<Target, TargetTable>> = tables

/** A row for one of them; JSON as it is written, ids as text. */
export type TargetRow<T extends Target> = {
  readonly [column in Exclude<keyof (typeof tables)[T]["columns"], "id">]:
    | string
    | boolean
    | number
    | readonly string[]
    | null
} & { readonly id?: string | null }
