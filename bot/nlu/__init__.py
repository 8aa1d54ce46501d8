"""Understanding a message: its typos, its meaning, the topic it asks about, and how sure we are.

`weights`, `text`, `spelling`, `embedding`, `tfidf`, `topic_model` and `zones` do not know Rasa;
`spelling_corrector`, `sentence_embedder` and `topic_classifier` are the graph components.
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
