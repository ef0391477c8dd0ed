"""Documents for other programs: entries in, bytes out. No I/O, no clock; the same entries make the same bytes."""
