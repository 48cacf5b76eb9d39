-- Creates and updates definitions. $1: a JSON array of objects with these columns' names.
insert into definitions.definition (
  kind, slug, name, wiki_page_url, wiki_entity_id, description, rarity, effect_raw, unlock_text,
  source_wikidata_id
)
select
  kind, slug, name, "wikiPageUrl", "wikiEntityId", description, rarity, "effectRaw", "unlockText",
  "sourceRowId"
from jsonb_to_recordset($1::text::jsonb) as planned (
  kind text, slug text, name text, "wikiPageUrl" text, "wikiEntityId" text, description text,
  rarity text, "effectRaw" text, "unlockText" text, "sourceRowId" bigint
)
on conflict (kind, slug) do update set
  name = excluded.name, wiki_page_url = excluded.wiki_page_url,
  wiki_entity_id = excluded.wiki_entity_id, description = excluded.description,
  rarity = excluded.rarity, effect_raw = excluded.effect_raw, unlock_text = excluded.unlock_text,
  source_wikidata_id = excluded.source_wikidata_id
