-- Empties a feed and begins a new epoch of it. ARGV: epoch, joint, manner. Returns the server's run id, for `finish`.
call('DEL', unpack(KEYS))
call('HSET', STATE, 'epoch', ARGV[1], 'joint', ARGV[2], 'manner', ARGV[3], 'seq', 0, 'held', 0)
return run_id()
