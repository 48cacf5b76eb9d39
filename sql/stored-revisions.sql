-- Every stored revision of the parse versions in $1 (a JSON array).
select
  id, page_url as "pageUrl", source_section as "sourceSection", parse_version as "parseVersion",
  entity_id as "entityId", content_hash as "contentHash", canonical_name as "canonicalName",
  to_jsonb(headers) as headers, raw_row as "rawRow", page_revision as "pageRevision",
  (extract(epoch from last_seen) * 1000000)::bigint as "lastSeen", deprecated
from definitions.wiki_data
where parse_version in (select jsonb_array_elements_text($1::text::jsonb))
order by id
