-- Precedes every script: the keys of a feed, whether one of them was lost while the others stayed, its edge, and the server's run id.
local ORDER, FACTS, PLACES, MEMBERS, AGES, CHANGES, GONE, VIEWS, STATE = unpack(KEYS)
local call = redis.call

-- The age of the facts applied last, and whether this feed never held the article: if so, nobody is told its id. It may be scheduled for tomorrow.
local UNSEEN = '-'
local function age_of(id)
  local written = call('HGET', AGES, id)
  if not written then return nil, true end
  return tonumber(string.match(written, '%d+')), string.sub(written, -1) == UNSEEN
end

-- Differs after each start of the server and on a replica that takes over: a feed built under another one may be older than it was.
local function run_id() return string.match(call('INFO', 'server'), 'run_id:(%w+)') end

local function intact()
  local held = tonumber(call('HGET', STATE, 'held') or 0)
  return call('HLEN', FACTS) == held and call('HLEN', PLACES) == held and call('HLEN', VIEWS) == held
    and call('ZCARD', ORDER) == call('HLEN', MEMBERS)
    and call('HLEN', AGES) == call('ZCARD', CHANGES)
    and call('ZCARD', CHANGES) == held + call('ZCARD', GONE)
end

-- Rows at or below the edge are left to PostgreSQL. It only ever rises: what lies below it may be missing here.
local function raise_edge(at, row)
  local edge = call('HGET', STATE, 'edge')
  if edge then
    local other_at, other_row = string.match(edge, '(%S+) (%S+)')
    if tonumber(at) < tonumber(other_at) or (tonumber(at) == tonumber(other_at) and row <= other_row) then return end
  end
  call('HSET', STATE, 'edge', string.format('%.0f', tonumber(at)) .. ' ' .. row)
end

