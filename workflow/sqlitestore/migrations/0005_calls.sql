-- Calls by telephone that are asked for. id is <kind>/<who>/<day>; made is 0 until one is made.
CREATE TABLE calls (
  id      TEXT PRIMARY KEY,
  case_id TEXT NOT NULL,
  officer TEXT NOT NULL,
  day     TEXT NOT NULL,
  role    TEXT NOT NULL,
  why     TEXT NOT NULL,
  made    INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX calls_open ON calls (day, id) WHERE made = 0;

-- They were claims: call/<kind>/<who>/<day>/<role>/<why>, and called/<kind>/<who>/<day>.
-- Ids and roles hold no character that was escaped there.
INSERT INTO calls (id, case_id, officer, day, role, why, made)
SELECT kind || '/' || who || '/' || day, iif(kind = 'case', who, ''), iif(kind = 'officer', who, ''), day, role, why,
  coalesce((SELECT at FROM claims m WHERE m.key = 'called/' || kind || '/' || who || '/' || day), 0)
FROM (
  SELECT json_extract(parts, '$[1]') AS kind, json_extract(parts, '$[2]') AS who, json_extract(parts, '$[3]') AS day,
    json_extract(parts, '$[4]') AS role, json_extract(parts, '$[5]') AS why
  FROM (SELECT '["' || replace(key, '/', '","') || '"]' AS parts FROM claims WHERE key >= 'call/' AND key < 'call0')
  WHERE json_valid(parts)
)
WHERE kind IN ('case', 'officer') AND why IS NOT NULL
ON CONFLICT DO NOTHING;
DELETE FROM claims WHERE key >= 'call/' AND key < 'call0' OR key >= 'called/' AND key < 'called0';
