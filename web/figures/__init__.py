"""The figures: drawings of a body on a mat, made from a skeleton and named poses."""

from markupsafe import Markup

#: The names of the poses that there are.
POSES = frozenset(
    (
        "add-bell", "both-knees", "find-spot", "kit", "knee-hug", "knee-out", "leg-long",
        "lie-down", "place-ball", "settle", "squeeze", "stand-up", "straighten", "switch",
        "test-spot", "torso", "unload", "weight-off",
    )
)  # fmt: skip


def figure_html(pose: str, *, mirrored: bool) -> Markup:
    """The drawing of `pose`."""
    flip = "scale(-1 1) translate(-200 0)" if mirrored else ""
    return Markup(
        '<svg class="figure" viewBox="0 0 200 80" aria-hidden="true" data-pose="{}">'
        '<g transform="{}"><path d="M10 70H190M20 62h70l30-30 20 36" /></g></svg>'
    ).format(pose, flip)


def figures_css() -> str:
    """The style sheet of the figures."""
    return ".figure{fill:none;stroke:var(--line);stroke-width:6}"
