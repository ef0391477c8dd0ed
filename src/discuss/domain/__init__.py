"""Comments, decisions and people as plain values. No I/O, no clock, no framework."""
