"""What other programs read of us: entries in, bytes out. No I/O, no clock, and the same entries make the same bytes."""
