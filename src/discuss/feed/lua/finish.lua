-- Marks a feed as built, so that readers trust it. ARGV: slug, channel, epoch, run id, edge ('' = it holds everything).
-- Returns 0: it was flushed, or the server was restarted, while it was being filled.
local STATE, call = KEYS[9], redis.call
local here = string.match(call('INFO', 'server'), 'run_id:(%w+)')
if call('HGET', STATE, 'epoch') ~= ARGV[3] or here ~= ARGV[4] then return 0 end
call('HSET', STATE, 'built', here)
-- Rows may have been put out meanwhile; the higher of the two edges holds.
local function parts(edge) return string.match(edge, '(%S+) (%S+)') end
if ARGV[5] ~= '' then
  local edge = call('HGET', STATE, 'edge')
  local at, row = parts(ARGV[5])
  local other_at, other_row = parts(edge or '-1 -')
  if tonumber(at) > tonumber(other_at) or (tonumber(at) == tonumber(other_at) and row > other_row) then
    call('HSET', STATE, 'edge', ARGV[5])
  end
end
call('HINCRBY', STATE, 'seq', 1)
call('PUBLISH', ARGV[2], ARGV[1])
return 1
