"""The style sheet of the figures: their lines and tones, and every movement."""

from functools import cache

from web.figures.drawing import drawings

_STYLE = """\
.figure{display:block;width:100%;height:100%;--fl:var(--figure-line,#e8e6e1);\
--fb:var(--figure-body,#3b4047);--fs:var(--side,#E69F00);--w:2.6;\
--fill:color-mix(in srgb,var(--fs) 62%,#1c1e22);font-size:6.5px}
.figure path{stroke-linejoin:round;stroke-linecap:round}
.figure .mat{fill:#22252a}.figure .edge{fill:#4a4f57}
.figure .far{fill:#25282d}
.figure .far-line,.figure .far-rim{stroke:#8a8f96;stroke-width:var(--w);paint-order:stroke}
.figure .far-rim{fill:#8a8f96}
.figure .line-rim,.figure .line-line{stroke:var(--fl);stroke-width:var(--w);paint-order:stroke}
.figure .line-rim{fill:var(--fl)}
.figure .side-rim{fill:var(--fs);stroke:var(--fs);stroke-width:var(--w)}
.figure .skin{fill:var(--fb)}.figure .shirt{fill:#4d545d}.figure .pants{fill:#33383e}
.figure .side{fill:var(--fill)}
.figure .hip{stop-color:#33383e}.figure .leg{stop-color:var(--fill)}
.figure .hair{fill:#1a1c1f}
.figure .detail{fill:none;stroke:var(--fl);stroke-width:.8}
.figure .ball{fill:var(--fs);stroke:#111;stroke-width:.8}
.figure .aim{fill:none;stroke:var(--fl);stroke-dasharray:1.5 1.5}
.figure .frame{fill:#1a1c1f;stroke:#4a4f57}
.figure .seam{fill:none;stroke:#111;stroke-width:.8}
.figure .iron{fill:#6b7178}
.figure .arrow{fill:none;stroke:var(--fl);stroke-width:2}.figure .inset{--w:1.9}
.figure .glow{fill:var(--fs)}
.figure .faint{fill:none;stroke:#8a8f96;stroke-width:.9}.figure .dash{stroke-dasharray:2.5 2}
.figure .bone{fill:#8a8f96;opacity:.55}.figure .muscle{opacity:.85}
.figure .crest{fill:none;stroke:var(--fl);stroke-width:1.6}
.figure .spot{fill:var(--fs);stroke:#111;stroke-width:1}
.figure .halo{fill:none;stroke:var(--fs);stroke-width:1.6}
.figure .leader{fill:none;stroke:#8a8f96;stroke-width:.6}.figure text{fill:var(--fl)}
.figure .ghost{display:none;fill:none;stroke:var(--fs);stroke-width:1.2;stroke-dasharray:3 2}
"""
_STILL = """\
@media (prefers-reduced-motion:reduce){.figure *{animation:none!important}\
.figure .ghost{display:inline}}
"""


@cache
def figures_css() -> str:
    """The style sheet that every figure needs; the same for all of them."""
    movements: dict[str, str] = {}
    for drawing in drawings().values():
        movements |= drawing.movements()
    return _STYLE + "\n".join(movements.values()) + _STILL
