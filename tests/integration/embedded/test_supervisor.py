import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

from discuss.embedded.survivors import mark_of, survivors

# Takes a home folder and a JSON object; prints what it says to the operator.
RUN = """
import json, os, signal, sys
from pathlib import Path
from discuss.embedded.service import Service
from discuss.embedded.supervisor import supervised
from discuss.errors import SetupFailed

signal.signal(signal.SIGHUP, signal.SIG_DFL)  # the tests may run under nohup
home, plan = Path(sys.argv[1]), json.loads(sys.argv[2])
say = lambda text: print(text, flush=True)
python = lambda code: [sys.executable, "-c", code, str(home)]
try:
    with supervised(home, say) as supervisor:
        if "store" in plan:
            supervisor.start_store(Service("store", python(plan["store"]), home / "log" / "store.log", os.environ))
        for name, code in plan.get("steps", {}).items():
            say(supervisor.run(name, python(code), os.environ))
        for name, code in plan.get("services", {}).items():
            supervisor.start_service(name, python(code), os.environ)
        supervisor.watch()
except SetupFailed as error:
    sys.exit(error.detail)
"""
# Writes its process id, so that the test knows it runs, and records when it is asked to stop.
OBEDIENT = """
import os, signal, sys, time
from pathlib import Path
home = Path(sys.argv[1])
def leave(*_):
    with (home / "left").open("a") as left: left.write("NAME ")
    sys.exit()
signal.signal(signal.SIGTERM, leave)
(home / "NAME.pid").write_text(str(os.getpid()))
time.sleep(60)
"""
# Ends only by force, and so do its two children, one of which hides in a session of its own.
STUBBORN = """
import os, signal, subprocess, sys, time
from pathlib import Path
home = Path(sys.argv[1])
signal.signal(signal.SIGTERM, signal.SIG_IGN)
for hidden in (False, True):
    subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"], start_new_session=hidden)
(home / "stubborn.pid").write_text(str(os.getpid()))
time.sleep(60)
"""
DIES_ONCE = """
import os, sys, time
from pathlib import Path
home = Path(sys.argv[1])
if not (home / "died").exists():
    (home / "died").touch()
    sys.exit("something broke")
(home / "fickle.pid").write_text(str(os.getpid()))
time.sleep(60)
"""


def obedient(name):
    return OBEDIENT.replace("NAME", name)


@pytest.fixture
def start(home):
    runs = []

    def start(**plan):
        command = [sys.executable, "-c", RUN, str(home), json.dumps(plan)]
        run = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        runs.append(run)
        return run

    yield start
    for run in runs:
        run.kill()
        run.wait()
        run.stdout.close()
    for pid in survivors(mark_of(home)):
        psutil.Process(pid).kill()


def wait_for(path: Path):
    end = time.monotonic() + 20
    while not (path.exists() and path.read_text()):
        assert time.monotonic() < end, f"{path} did not appear"
        time.sleep(0.02)
    return path.read_text()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_stop_ends_all_in_order_and_is_a_good_end(home, start, number):
    run = start(store=obedient("store"), services={"api": obedient("api"), "worker": obedient("worker")})
    for name in ("store", "api", "worker"):
        wait_for(home / f"{name}.pid")
    run.send_signal(number)
    run.communicate(timeout=10)
    assert run.returncode == 0
    assert (home / "left").read_text() == "api worker store "
    assert not survivors(mark_of(home))


def test_ctrl_c_in_the_terminal_reaches_only_the_supervisor(home, start):
    run = start(services={"api": obedient("api")})
    api = int(wait_for(home / "api.pid"))
    assert os.getsid(api) == api
    assert os.getpgid(api) != os.getpgid(run.pid)


def test_who_does_not_obey_is_ended_with_all_its_children(home, start):
    run = start(services={"stubborn": STUBBORN})
    family = [psutil.Process(int(wait_for(home / "stubborn.pid")))]
    family += family[0].children(recursive=True)
    assert len(family) == 3
    run.send_signal(signal.SIGINT)
    run.communicate(timeout=20)
    assert run.returncode == 0
    assert not [
        process for process in family if process.is_running() and process.status() != psutil.STATUS_ZOMBIE
    ]


def test_who_dies_is_started_again_and_it_is_said(home, start):
    run = start(services={"fickle": DIES_ONCE})
    wait_for(home / "fickle.pid")
    run.send_signal(signal.SIGINT)
    said = run.communicate(timeout=10)[0]
    assert "fickle has died and will be restarted" in said
    assert "something broke" in said
    assert run.returncode == 0


def test_who_dies_again_and_again_stops_everything(home, start):
    run = start(services={"api": obedient("api"), "hopeless": "raise SystemExit('no hope')"})
    said = run.communicate(timeout=20)[0]
    assert run.returncode == 1
    assert "hopeless died 5 times in a minute" in said
    assert said.count("no hope") == 5  # each death is reported with its own output only
    assert "Traceback" not in said
    assert not survivors(mark_of(home))


def test_what_a_killed_run_left_is_ended_by_the_next(home, start):
    first = start(services={"api": obedient("api"), "stubborn": STUBBORN})
    wait_for(home / "api.pid")
    wait_for(home / "stubborn.pid")
    first.kill()
    first.communicate()
    orphans = survivors(mark_of(home))
    assert len(orphans) == 4
    for pid in orphans[1:]:
        psutil.Process(pid).kill()  # all but the first: waiting for the stubborn ones is tested elsewhere
    (home / "api.pid").unlink()
    start(services={"api": obedient("api")})
    api = int(wait_for(home / "api.pid"))
    assert survivors(mark_of(home)) == [api]


def test_one_folder_has_one_run(home, start):
    first = start(services={"api": obedient("api")})
    wait_for(home / "api.pid")
    second = start(services={"api": obedient("api")})
    said = second.communicate(timeout=10)[0]
    assert second.returncode == 1
    assert f"is already running with {home} (process {first.pid})" in said
    assert first.poll() is None


def test_a_stop_during_the_start(home, start):
    step = "import time, sys, pathlib; pathlib.Path(sys.argv[1], 'step').write_text('on'); time.sleep(60)"
    run = start(store=obedient("store"), steps={"migrate": step}, services={"api": obedient("api")})
    wait_for(home / "step")
    wait_for(home / "store.pid")
    run.send_signal(signal.SIGTERM)
    run.communicate(timeout=10)
    assert run.returncode == 0
    assert not (home / "api.pid").exists()
    assert not survivors(mark_of(home))


def test_a_step_that_fails_is_told(start):
    run = start(steps={"migrate": "raise SystemExit('the tables are upside down')"})
    said = run.communicate(timeout=10)[0]
    assert run.returncode == 1
    assert "Step 'migrate' failed" in said
    assert "the tables are upside down" in said
