"""Understanding a message: its typos, its meaning, the topic it asks about, and how sure we are.

`spelling_corrector`, `sentence_embedder`, `topic_classifier` and `applicant_facts` are the graph
components that `config.yml` names; the modules behind them do not know Rasa.
"""

from __future__ import annotations

import hashlib
from pathlib import Path


def code_fingerprint() -> str:
    """Return a digest of this package's code.

    Rasa's training cache compares a component by the source of its class alone; with this it
    trains again when the code behind the class has changed.
    """
    sources = sorted(Path(__file__).parent.glob("*.py"))
    return hashlib.sha256(b"".join(source.read_bytes() for source in sources)).hexdigest()
