-- Empties a feed and begins a new epoch of it. ARGV: epoch, joint. Returns who the server is, for `finish`.
for _, key in ipairs(KEYS) do redis.call('DEL', key) end
redis.call('HSET', KEYS[9], 'epoch', ARGV[1], 'joint', ARGV[2], 'seq', 0, 'held', 0)
return string.match(redis.call('INFO', 'server'), 'run_id:(%w+)')
