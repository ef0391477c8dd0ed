-- Marks a feed as built, so that readers trust it. ARGV: slug, channel, epoch, run id, edge ('' = it holds everything).
-- Returns 0 if the feed was flushed or damaged, or the server was restarted, while it was being filled.
local here = run_id()
if call('HGET', STATE, 'epoch') ~= ARGV[3] or here ~= ARGV[4] or not intact() then return 0 end
call('HSET', STATE, 'built', here)
-- Rows may have been put out meanwhile; the higher of the two edges holds.
if ARGV[5] ~= '' then raise_edge(string.match(ARGV[5], '(%S+) (%S+)')) end
call('HINCRBY', STATE, 'seq', 1)
call('PUBLISH', ARGV[2], ARGV[1])
return 1
