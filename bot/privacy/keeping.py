"""What this room and the foundations keep, and the logs."""

from __future__ import annotations

from bot.encryption import encryption_check
from bot.keeping import Cutoffs, Keeper, NothingPersonal
from bot.privacy.tables import erase_applied
from bot.settings import Settings


class Logs(Keeper):
    """Log files. What is personal never gets into them; they are deleted when nobody needs them."""

    kind = "logs"

    def purge_files(self, settings: Settings, cutoffs: Cutoffs, *, dry_run: bool) -> int:
        """Delete logs that nobody has written to for longer than allowed."""
        before = cutoffs.logs.timestamp()
        old = [path for path in settings.log_dir.glob("*.log*") if path.stat().st_mtime < before]
        for path in () if dry_run else old:
            path.unlink(missing_ok=True)
        return len(old)


KEEPERS = (
    Logs(),
    NothingPersonal(erase_applied, why="random numbers of ledger lines"),
    NothingPersonal(encryption_check, why="a constant sentence, encrypted"),
)
