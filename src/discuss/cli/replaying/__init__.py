"""The parts of `discuss replay`: reading the file, posting it, and the report."""
