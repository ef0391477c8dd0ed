"""Who may connect to the embedded PostgreSQL: the user who runs Discuss, and no other program of the same account.

Root's database runs as an account that other daemons may share (`postgres`, `nobody`); the socket's folder keeps
strangers out, but not those daemons.
"""

import os
import pwd
from collections.abc import Callable, Mapping
from pathlib import Path

RULES, NAMES = "hba.conf", "ident.conf"


def admit(folder: Path, give: Callable[[Path], None]) -> Mapping[str, str]:
    """Writes the rules into `folder`, hands them to the server's account, and returns the settings that name them."""
    try:
        user = pwd.getpwuid(os.geteuid()).pw_name
    except KeyError:  # a container's nameless user: the server could not find its name either
        texts = {RULES: "local all all trust\n", NAMES: ""}
    else:
        texts = {RULES: "local all all peer map=discuss\n", NAMES: f'discuss "{user}" discuss\n'}
    for name, text in texts.items():
        (folder / name).write_text(text)
        (folder / name).chmod(0o600)
        give(folder / name)
    return {"hba_file": str(folder / RULES), "ident_file": str(folder / NAMES)}
