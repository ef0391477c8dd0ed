-- Applies facts of articles atomically, each only if it is newer than what is held.
-- ARGV: slug, channel, epoch, mark, window, kept, then for each article: id, age, row, score ('' = hidden), facts, views.
-- Returns how many were news, or -1: `mark` cannot vouch for these facts; read them again.
local state = call('HMGET', STATE, 'epoch', 'floor', 'edge')
-- Ages up to the floor are forgotten: facts that were read before that might be older than those that were here.
if state[1] ~= ARGV[3] or tonumber(state[2] or 0) > tonumber(ARGV[4]) then return -1 end
-- If a key was lost, applying facts could hide the loss: the feed is deleted instead, and whoever rebuilds it reads everything.
if not intact() then
  call('DEL', unpack(KEYS))
  return -1
end

local rows, changed, news = {}, {}, 0

local function members(row)
  local ids = {}
  for id in string.gmatch(call('HGET', MEMBERS, row) or '', '%S+') do ids[#ids + 1] = id end
  return ids
end

local function put(id, row, score, facts, views)
  call('HSET', FACTS, id, facts)
  call('HSET', PLACES, id, row .. ' ' .. score)
  call('HSET', VIEWS, id, views)
  local ids = members(row)
  ids[#ids + 1] = id
  call('HSET', MEMBERS, row, table.concat(ids, ' '))
  rows[row] = true
end

-- Removes an article. Returns its views; nil: it was not here.
local function take(id)
  local place = call('HGET', PLACES, id)
  if not place then return nil end
  local row, others, views = string.match(place, '%S+'), {}, tonumber(call('HGET', VIEWS, id) or 0)
  for _, other in ipairs(members(row)) do
    if other ~= id then others[#others + 1] = other end
  end
  if #others > 0 then call('HSET', MEMBERS, row, table.concat(others, ' ')) else call('HDEL', MEMBERS, row) end
  call('HDEL', FACTS, id)
  call('HDEL', PLACES, id)
  call('HDEL', VIEWS, id)
  rows[row] = true
  return views
end

local function put_out(row)
  for _, id in ipairs(members(row)) do
    take(id)
    changed[id] = true
  end
  call('ZREM', ORDER, row)
end

-- Whether a row lies at or below the edge, where PostgreSQL answers.
local function beyond(score, row, edge)
  if not edge then return false end
  local at, last = string.match(edge, '(%S+) (%S+)')
  return score < tonumber(at) or (score == tonumber(at) and row <= last)
end

local returning = {}
for i = 7, #ARGV, 6 do
  local id, age, row, score = ARGV[i], tonumber(ARGV[i + 1]), ARGV[i + 2], ARGV[i + 3]
  local held, unseen = age_of(id)
  if not held or held < age then
    local views = take(id)
    unseen = not views and unseen and score == ''
    call('HSET', AGES, id, ARGV[i + 1] .. (unseen and UNSEEN or ''))
    -- Views only rise, and without a new age: more may have been recorded since these facts were read.
    if score ~= '' then put(id, row, score, ARGV[i + 4], math.max(views or 0, tonumber(ARGV[i + 5]))) end
    changed[id] = true
    news = news + 1
  elseif held == age and score ~= '' and call('HEXISTS', FACTS, id) == 0 then
    returning[#returning + 1] = i
  end
end
-- These were put out with their row at some time; if an edition brings the row back, they return with it.
for _, i in ipairs(returning) do
  if rows[ARGV[i + 2]] then put(ARGV[i], ARGV[i + 2], ARGV[i + 3], ARGV[i + 4], ARGV[i + 5]) end
end

for row in pairs(rows) do
  local ids, best = members(row), nil
  for _, id in ipairs(ids) do
    changed[id] = true
    local score = tonumber(string.match(call('HGET', PLACES, id), '%S+$'))
    if not best or score > best then best = score end
  end
  if not best then
    call('ZREM', ORDER, row)
  elseif beyond(best, row, state[3]) then
    put_out(row)
  else
    call('ZADD', ORDER, string.format('%.0f', best), row)
  end
end

local excess = call('ZCARD', ORDER) - tonumber(ARGV[5])
if excess > 0 then
  local last = call('ZRANGE', ORDER, excess - 1, excess - 1, 'WITHSCORES')
  for _, row in ipairs(call('ZRANGE', ORDER, 0, excess - 1)) do put_out(row) end
  raise_edge(last[2], last[1])
end

if next(changed) then
  local seq = call('HINCRBY', STATE, 'seq', 1)
  for id in pairs(changed) do
    call('ZADD', CHANGES, seq, id)
    if call('HEXISTS', FACTS, id) == 1 then call('ZREM', GONE, id) else call('ZADD', GONE, seq, id) end
  end
  local old = call('ZCARD', GONE) - tonumber(ARGV[6])
  if old > 0 then
    local floor = call('ZRANGE', GONE, old - 1, old - 1, 'WITHSCORES')[2]
    for _, id in ipairs(call('ZRANGEBYSCORE', GONE, '-inf', floor)) do
      call('HDEL', AGES, id)
      call('ZREM', CHANGES, id)
      call('ZREM', GONE, id)
    end
    call('HSET', STATE, 'floor', floor)
  end
  call('HSET', STATE, 'held', call('HLEN', FACTS))
  call('PUBLISH', ARGV[2], ARGV[1])
end
return news
