"""The style sheet of the figures: their lines and colours, and all movements."""

from collections.abc import Mapping

_STYLE = """\
.figure{display:block;width:100%;height:100%;font-size:7.6px;--fl:var(--figure-line,#e8e6e1);\
--fb:var(--figure-body,#3b4047);--fs:var(--side,#E69F00);\
--fill:color-mix(in srgb,var(--fs) 62%,#1c1e22);--w:2.6}
.figure .inset{--w:1.9}
.figure path,.figure text{stroke-linejoin:round;stroke-linecap:round}
.figure :is(.line-line,.line-rim){stroke:var(--fl);stroke-width:var(--w);paint-order:stroke}
.figure :is(.far-line,.far-rim){stroke:#8a8f96;stroke-width:var(--w);paint-order:stroke}
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
"""
_STILL = """\
@media (prefers-reduced-motion:reduce){.figure *{animation:none!important}\
.figure .ghost{display:inline}}
"""


def style_sheet(movements: Mapping[str, str]) -> str:
    """The style sheet of the figures, with the rules of all `movements` by their CSS class.

    The rules are sorted by class, which also puts the classes that set a time, ``t...``, before
    those that set what moves, ``u...``: in the other order the movements would have no names.
    """
    return _STYLE + "\n".join(movements[name] for name in sorted(movements)) + _STILL
