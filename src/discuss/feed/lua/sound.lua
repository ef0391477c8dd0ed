-- Whether a feed is built, whole, built on this very server, and not worn down to fewer rows than ARGV[1] while others wait outside.
local ORDER, FACTS, PLACES, MEMBERS, AGES, CHANGES, GONE, VIEWS, STATE = unpack(KEYS)
local call = redis.call
local state = call('HMGET', STATE, 'built', 'held', 'edge')
if not state[1] or state[1] ~= string.match(call('INFO', 'server'), 'run_id:(%w+)') then return 0 end
local held = tonumber(state[2] or 0)
if call('HLEN', FACTS) ~= held or call('HLEN', PLACES) ~= held then return 0 end
if call('ZCARD', ORDER) ~= call('HLEN', MEMBERS) or call('HLEN', AGES) ~= call('ZCARD', CHANGES) then return 0 end
if call('ZCARD', CHANGES) ~= held + call('ZCARD', GONE) then return 0 end
if state[3] and call('ZCARD', ORDER) < tonumber(ARGV[1]) then return 0 end
return 1
