-- Stores new revisions, in order. $1: a JSON array of objects. $2: when they were seen.
insert into definitions.wiki_data (
  page_url, canonical_name, entity_id, content_hash, headers, raw_row, source_section,
  parse_version, page_revision, first_seen, last_seen
)
select
  entry ->> 'pageUrl', entry ->> 'canonicalName', entry ->> 'entityId', entry ->> 'contentHash',
  array(select jsonb_array_elements_text(entry -> 'headers')), entry -> 'rawRow',
  entry ->> 'sourceSection', entry ->> 'parseVersion', (entry ->> 'pageRevision')::bigint,
  $2::text::timestamptz, $2::text::timestamptz
from jsonb_array_elements($1::text::jsonb) with ordinality as given (entry, position)
order by position
