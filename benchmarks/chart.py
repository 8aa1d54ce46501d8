"""A bar chart as SVG: groups of horizontal bars, one colour a series."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

COLOURS = ("#1f6f5c", "#c2703d", "#7a86b8", "#b3b8bd")
WIDTH, LEFT, RIGHT = 760, 230, 60
BAR, GAP, TOP = 16, 18, 56


def bar_chart(title: str, series: Sequence[str], groups: Mapping[str, Sequence[float]]) -> str:
    """Return the SVG of `groups`: for each its share (0 to 1) of every one of the `series`."""
    height = TOP + len(groups) * (BAR * len(series) + GAP) + 8
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" '
        f'font-family="sans-serif" font-size="12" role="img" aria-label="{escape(title)}">',
        f'<rect width="{WIDTH}" height="{height}" fill="#ffffff"/>',
        f'<text x="12" y="20" font-size="14" font-weight="bold">{escape(title)}</text>',
        *_legend(series),
    ]
    top = TOP
    for name, shares in groups.items():
        middle = top + BAR * len(series) / 2 + 4
        parts.append(
            f'<text x="{LEFT - 10}" y="{middle:g}" text-anchor="end">{escape(name)}</text>'
        )
        for place, share in enumerate(shares):
            parts += _bar(top + place * BAR, share, COLOURS[place])
        top += BAR * len(series) + GAP
    return "\n".join([*parts, "</svg>", ""])


def _legend(series: Sequence[str]) -> list[str]:
    parts, left = [], 12
    for name, colour in zip(series, COLOURS, strict=False):
        parts.append(f'<rect x="{left}" y="31" width="10" height="10" fill="{colour}"/>')
        parts.append(f'<text x="{left + 15}" y="40">{escape(name)}</text>')
        left += 30 + 7 * len(name)
    return parts


def _bar(top: float, share: float, colour: str) -> list[str]:
    length = share * (WIDTH - LEFT - RIGHT)
    end, base = LEFT + length + 5, top + BAR - 5
    return [
        f'<rect x="{LEFT}" y="{top:g}" width="{length:.1f}" height="{BAR - 3}" fill="{colour}"/>',
        f'<text x="{end:.1f}" y="{base:g}" font-size="11">{share:.1%}</text>',
    ]
