"""The style sheets of the figures: one of lines and colours for all, one of movements for each."""

from collections.abc import Mapping

#: The style sheet that every figure needs; the same for all of them.
FIGURES_CSS = """\
.figure{display:block;direction:ltr;width:100%;height:100%;font-size:7.6px;--fl:var(--figure-line,#e8e6e1);\
--fb:var(--figure-body,#3b4047);--fs:var(--side,#E69F00);\
--fill:color-mix(in srgb,var(--fs) 62%,#1c1e22);--w:2.6}
.figure .inset{--w:1.9}
.figure path,.figure text{stroke-linejoin:round;stroke-linecap:round}
.figure :is(.line-line,.line-rim){stroke:var(--fl);stroke-width:var(--w);paint-order:stroke}
.figure :is(.far-line,.far-rim){stroke:#8a8f96;stroke-width:var(--w);paint-order:stroke}
.figure .side-line{stroke:var(--fs);stroke-width:var(--w);paint-order:stroke}
.figure .side-rim{fill:var(--fs);stroke:var(--fs);stroke-width:var(--w)}
.figure .line-rim{fill:var(--fl)}.figure .far-rim{fill:#8a8f96}
.figure .skin{fill:var(--fb)}.figure .shirt{fill:#4d545d}.figure .pants{fill:#33383e}
.figure .far{fill:#25282d}.figure .hair{fill:#1a1c1f}.figure .side{fill:var(--fill)}
.figure .hip{stop-color:#33383e}
.figure :is(.glow,.ball,.spot){fill:var(--fs)}.figure :is(.ball,.seam){stroke:#111;stroke-width:.8}
.figure .mat{fill:#22252a}.figure .edge{fill:#6b7178}.figure .iron{fill:#6b7178}
.figure :is(.seam,.detail,.arrow,.aim,.faint,.crest,.halo,.leader){fill:none}
.figure :is(.detail,.arrow,.aim,.crest){stroke:var(--fl);stroke-width:.8}
.figure .arrow{stroke-width:calc(var(--w)*.75)}
.figure .crest{stroke-width:2.2}.figure .aim{stroke-dasharray:1.5}
.figure .frame{fill:#1a1c1f;stroke:#4a4f57}
.figure :is(.faint,.leader){stroke:#8a8f96;stroke-width:.8}.figure .dash{stroke-dasharray:2.5 2}
.figure .muscle{fill:var(--fill);stroke:var(--fs)}
.figure .bone{fill:#8a8f96}.figure .halo{stroke:var(--fs);stroke-width:1.6}
.halo{transform-box:fill-box;transform-origin:center;animation:halo 2.4s ease-out infinite}
@keyframes halo{0%{transform:scale(.5);opacity:.9}80%,to{transform:none;opacity:0}}
.figure text{fill:var(--fl)}
.figure .ghost{display:none;fill:var(--fs);opacity:.65}
@media (prefers-reduced-motion:reduce){.figure *{animation:none!important}\
.figure .ghost{display:inline}}
"""


def movement_sheet(movements: Mapping[str, str]) -> str:
    """The style sheet of what moves in one figure, from its rules by their CSS class.

    The rules that say what moves, ``u...``, are made to win over those that set a time, ``t...``:
    one of these may come again in the sheet of another figure, and would take away the names of
    the movements.
    """
    return "\n".join(
        f".figure {rule}" if name.startswith("u") else rule
        for name, rule in sorted(movements.items())
    )
