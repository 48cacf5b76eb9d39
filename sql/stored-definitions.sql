-- The stored definitions of the kinds in $1 (a JSON array), each with its parameters and levels.
select
  definition.id, kind, slug, name, wiki_page_url as "wikiPageUrl", wiki_entity_id as "wikiEntityId",
  description, rarity, effect_raw as "effectRaw", unlock_text as "unlockText",
  coalesce((
    select jsonb_agg(jsonb_build_object(
      'id', parameter.id, 'key', key, 'displayName', display_name, 'unitKind', unit_kind,
      'levels', coalesce((
        select jsonb_agg(jsonb_build_object(
          'id', id, 'level', level, 'valueRaw', value_raw, 'costRaw', cost_raw, 'currency', currency
        ) order by level)
        from definitions.parameter_level where parameter_id = parameter.id
      ), '[]')
    ) order by key)
    from definitions.parameter where definition_id = definition.id
  ), '[]') as parameters
from definitions.definition
where kind in (select jsonb_array_elements_text($1::text::jsonb))
order by kind, slug
