-- Whether a feed is built, on this very server and with its manner, whole, and does not hold fewer rows than ARGV[1] while others are left outside.
local state = call('HMGET', STATE, 'built', 'edge', 'manner')
if not state[1] or state[1] ~= run_id() then return 0 end
if not state[3] or not intact() then return 0 end
if state[2] and call('ZCARD', ORDER) < tonumber(ARGV[1]) then return 0 end
return 1
