"""scripts/bootstrap.sh: candidates are really run, a second run does nothing, failures are told."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from bot.settings import PROJECT_ROOT

TOOLS = ("cat", "cksum", "cut", "dirname", "head", "ln", "mkdir", "rm")
BROKEN_SHIM = "#!/bin/sh\necho 'pyenv: command not found' >&2\nexit 127\n"
UV = f"""#!/bin/sh
case "$1" in
--version) echo "uv 0.13.9 (for tests)" ;;
python) exit 1 ;;
sync)
    echo "$@" >>calls
    mkdir -p .venv/bin
    ln -sf {sys.executable} .venv/bin/python
    ln -sf {sys.executable} .venv/bin/iec ;;
esac
"""


def program(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    path.chmod(0o755)


class Machine:
    """A folder with a checkout, a home and programs of its own."""

    def __init__(self, root: Path) -> None:
        self.home, self.checkout = root / "home", root / "checkout"
        self.home.mkdir()
        (self.checkout / "scripts").mkdir(parents=True)
        shutil.copy(PROJECT_ROOT / "scripts/bootstrap.sh", self.checkout / "scripts")
        for name in ("uv.lock", "pyproject.toml", ".python-version"):
            (self.checkout / name).write_text(name)
        self.path = [root / "first", root / "second", root / "tools"]
        for folder in self.path:
            folder.mkdir()
        for tool in TOOLS:
            (self.path[2] / tool).symlink_to(str(shutil.which(tool)))

    def has(self, name: str, text: str, folder: int = 1) -> None:
        program(self.path[folder] / name, text)

    def has_python(self) -> None:
        (self.path[1] / "python3.10").symlink_to(sys.executable)

    def bootstrap(self, **environment: str) -> subprocess.CompletedProcess[str]:
        path = os.pathsep.join(map(str, self.path))
        return subprocess.run(
            ["/bin/sh", "scripts/bootstrap.sh"],
            cwd=self.checkout,
            env={"PATH": path, "HOME": str(self.home), **environment},
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )

    @property
    def installs(self) -> list[str]:
        calls = self.checkout / "calls"
        return calls.read_text().splitlines() if calls.exists() else []


@pytest.fixture
def machine(tmp_path):
    return Machine(tmp_path)


@pytest.fixture
def ready(machine):
    machine.has("uv", UV)
    machine.has_python()
    assert machine.bootstrap().returncode == 0
    return machine


def test_the_lock_file_is_installed_as_it_is(ready):
    assert len(ready.installs) == 1
    assert ready.installs[0].startswith("sync --frozen --quiet --python ")
    assert ready.installs[0].endswith("/python3.10")


def test_a_second_run_does_and_says_nothing(ready):
    again = ready.bootstrap()
    assert (again.returncode, again.stdout, again.stderr) == (0, "", "")
    assert len(ready.installs) == 1


@pytest.mark.parametrize("name", ["uv.lock", "pyproject.toml", ".python-version"])
def test_a_change_of_what_is_wanted_installs_again(ready, name):
    (ready.checkout / name).write_text("changed")
    ready.bootstrap()
    assert len(ready.installs) == 2


@pytest.mark.parametrize("name", ["bin/python", "bin/iec", ".made-from"])
def test_a_damaged_environment_is_made_again(ready, name):
    (ready.checkout / ".venv" / name).unlink()
    assert ready.bootstrap().returncode == 0
    assert len(ready.installs) == 2


def test_a_moved_checkout_gets_a_new_environment(ready):
    ready.checkout = ready.checkout.rename(ready.checkout.with_name("elsewhere"))
    (ready.checkout / ".venv" / "old").write_text("")
    assert ready.bootstrap().returncode == 0
    assert len(ready.installs) == 2
    assert not (ready.checkout / ".venv" / "old").exists()


def test_shims_that_fail_when_run_are_skipped(machine):
    for name in ("uv", "python3.10", "python3"):
        machine.has(name, BROKEN_SHIM, folder=0)
    machine.has("uv", UV)
    machine.has_python()
    assert machine.bootstrap().returncode == 0
    assert machine.installs[0].endswith("/second/python3.10")


def test_a_uv_that_is_too_old_is_skipped(machine):
    machine.has("uv", UV.replace("0.13.9", "0.4.1"), folder=0)
    machine.has("uv", UV)
    machine.has_python()
    assert machine.bootstrap().returncode == 0
    assert len(machine.installs) == 1


def test_a_python_of_pyenv_is_found_without_its_shim(machine):
    machine.has("uv", UV)
    pyenv = machine.home / ".pyenv/versions/3.10.13/bin"
    pyenv.mkdir(parents=True)
    (pyenv / "python").symlink_to(sys.executable)
    machine.has("python3", BROKEN_SHIM, folder=0)
    assert machine.bootstrap().returncode == 0
    assert machine.installs[0].endswith("3.10.13/bin/python")


@pytest.mark.parametrize("chosen", ["/nowhere/python", "/bin/false"])
def test_a_wrong_python_is_one_line(machine, chosen):
    machine.has("uv", UV)
    refused = machine.bootstrap(PYTHON=chosen)
    assert refused.returncode == 1
    assert refused.stderr == f"bootstrap: PYTHON={chosen} is not a working Python 3.10.\n"


def test_no_python_at_all_is_one_line_that_says_what_to_do(machine):
    machine.has("uv", UV)
    for name in ("python3.10", "python3"):
        machine.has(name, BROKEN_SHIM, folder=0)
    refused = machine.bootstrap()
    assert refused.returncode == 1
    assert refused.stderr.startswith("bootstrap: Python 3.10 was neither found nor downloaded.")
    assert "make run PYTHON=" in refused.stderr
