"""The feed next to what else could serve the same bytes on this machine: `python -m bench feed`."""
