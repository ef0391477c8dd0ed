-- Reads what changed after a mark, or everything. ARGV: the mark's epoch and seq; an epoch other than the feed's asks for everything.
-- Returns epoch, seq, floor, edge, joint, manner, whether it is everything, and for each article: id, seq, place, facts, views ('' = not here;
-- a place that is UNSEEN: it never was). Returns nil if the feed is not built, or is damaged; a damaged one is marked as not
-- built, so that it will be built again. Nor does it tell anything to those who know an epoch if the feed was not built on this very
-- server: it may lack what they have seen. For those who know nothing it is better than nothing.
local state = call('HMGET', STATE, 'built', 'epoch', 'seq', 'floor', 'edge', 'joint', 'manner')
if not state[1] then return false end
if not intact() then
  call('HDEL', STATE, 'built')
  return false
end
if ARGV[1] ~= '' and state[1] ~= run_id() then return false end
local whole = state[2] ~= ARGV[1] or tonumber(ARGV[2]) < tonumber(state[4] or 0)
local after = whole and '-inf' or ('(' .. ARGV[2])
local found = call('ZRANGEBYSCORE', CHANGES, after, '+inf', 'WITHSCORES')
local answer = {state[2], state[3] or '0', state[4] or '0', state[5] or '', state[6] or '1', state[7] or '', whole and '1' or '0'}
for i = 1, #found, 2 do
  local place, facts = call('HGET', PLACES, found[i]), call('HGET', FACTS, found[i])
  local _, unseen = age_of(found[i])
  if not place then place = unseen and UNSEEN or '' end
  local views = call('HGET', VIEWS, found[i]) or ''
  for _, part in ipairs({found[i], found[i + 1], place, facts or '', views}) do answer[#answer + 1] = part end
end
return answer
