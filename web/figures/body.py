"""The body: the lengths of its bones, the outlines round them, and how far its joints bend.

Lengths are shares of stature after Drillis and Contini (1966), as printed in D. A. Winter,
"Biomechanics and Motor Control of Human Movement", 4th ed. (2009), figure 4.1. Widths round the
bones are drawn by eye to those of an adult of middle build.
"""

from typing import NamedTuple

from web.figures.geometry import Vec

STATURE = 170.0  # cm

UPPER_ARM = 0.186 * STATURE
FOREARM = 0.146 * STATURE
HAND_LENGTH = 0.108 * STATURE
THIGH = 0.245 * STATURE
SHANK = 0.246 * STATURE
FOOT_LENGTH = 0.152 * STATURE
ANKLE_HEIGHT = 0.039 * STATURE
HALF_HIPS = 0.191 * STATURE / 4  # midline to hip joint, which is half-way to the body's side
HALF_SHOULDERS = 0.129 * STATURE * 0.65

# In the axes of the trunk, x goes from the top of the head towards the feet, and y from the back to
# the front of the body; in centimetres.
SHOULDER = Vec((1 - 0.818) * STATURE, 8.6)
HIP = Vec((1 - 0.530) * STATURE, 10.2)
TURNING_POINT = Vec(30.0, 0.0)  # the point of the back that stays on the mat as the pelvis lifts
NECK = Vec(28.0, 8.0)  # the point that the head nods about
GIRDLE = 7.0  # how far the shoulder girdle can carry the shoulder forward, cm
BREATH = 0.06  # how much higher the trunk is with a full belly, as a share of its height


class Range(NamedTuple):
    """How far a joint can bend, in degrees; 0 is straight."""

    least: float
    most: float


HIP_FLEXION = Range(-20.0, 130.0)
HIP_ABDUCTION = Range(-20.0, 50.0)
BENT_HIP = 60.0  # from here on a bent hip lets the thigh go further out
BENT_HIP_ABDUCTION = Range(-30.0, 75.0)
KNEE_FLEXION = Range(0.0, 145.0)
NECK_FLEXION = Range(-40.0, 50.0)  # looks up to chin on chest
ELBOW_FLEXION = Range(0.0, 150.0)
ANKLE_FLEXION = Range(-30.0, 50.0)  # from toes drawn up to toes pointed


class Girth(NamedTuple):
    """How thick a limb is at one place of its bone.

    Attributes:
        at: The place, as a share of the bone: 0 at its upper joint, 1 at its lower one.
        front: Centimetres from the bone to the outline in front.
        back: Centimetres from the bone to the outline behind.
    """

    at: float
    front: float
    back: float


THIGH_GIRTHS = (
    Girth(0.0, 8.4, 9.2),
    Girth(0.16, 8.8, 9.4),
    Girth(0.4, 8.6, 8.4),
    Girth(0.66, 7.2, 6.6),
    Girth(0.86, 6.0, 5.6),
    Girth(1.0, 5.6, 5.0),
)
SHANK_GIRTHS = (
    Girth(0.0, 5.7, 4.8),
    Girth(0.1, 5.1, 5.6),
    Girth(0.28, 4.4, 7.0),
    Girth(0.46, 4.0, 6.5),
    Girth(0.7, 3.3, 4.1),
    Girth(0.9, 3.1, 3.2),
    Girth(1.0, 3.5, 3.4),
)
UPPER_ARM_GIRTHS = (
    Girth(0.0, 5.6, 5.6),
    Girth(0.3, 5.2, 5.2),
    Girth(0.7, 4.3, 4.4),
    Girth(1.0, 4.0, 4.0),
)
FOREARM_GIRTHS = (
    Girth(0.0, 4.0, 4.0),
    Girth(0.22, 4.3, 4.3),
    Girth(0.7, 3.1, 3.1),
    Girth(1.0, 2.5, 2.5),
)

Outline = tuple[Vec, ...]
Lines = tuple[Outline, ...]


def outline(*numbers: float) -> Outline:
    """The points whose coordinates are given one after the other: x, y, x, y and so on."""
    return tuple(Vec(x, y) for x, y in zip(numbers[::2], numbers[1::2], strict=True))


# The foot has its ankle at the origin, its toes towards +x, and its sole at y = -ANKLE_HEIGHT.
FOOT = outline(
    *(3.4, 2.2, 6.4, -0.4, 11.5, -2.4, 16.6, -3.5, 19.6, -4.2, 20.4, -5.6, 19.0, -6.5),
    *(14.4, -6.6, 9.0, -5.9, 4.0, -6.3, -1.0, -6.63, -4.0, -6.5, -5.6, -4.9, -5.2, -2.2),
    *(-3.5, 1.0, 0.0, 3.4),
)
# The same from above, toes towards +x.
FOOT_PLAN = outline(
    *(-4.6, 0.0, -3.2, 3.0, 4.0, 3.4, 12.0, 4.6, 18.0, 3.6, 20.2, 0.0),
    *(18.0, -3.4, 12.0, -4.2, 4.0, -3.2, -3.2, -3.0),
)
# A foot that lies on its edge: its back is seen, with the great toe towards +y.
FOOT_BACK = outline(
    *(-4.4, 0.0, -3.0, 3.0, 3.0, 2.9, 9.0, 3.7, 14.0, 4.7, 17.6, 4.6, 20.2, 4.2, 21.2, 2.6),
    *(20.6, 1.0, 19.6, -0.4, 18.2, -2.2, 15.8, -3.6, 12.0, -3.9, 7.0, -3.2, 2.0, -2.9, -3.0, -3.0),
)

# Trunk and head lie on the back: x counts from the top of the head, y up from the mat.
TORSO = outline(
    *(30.0, 13.8, 33.0, 16.0, 37.5, 19.4, 43.0, 21.8, 48.5, 22.4, 54.0, 21.7, 60.0, 20.4),
    *(66.0, 19.6, 72.0, 19.4, 78.0, 18.9, 82.4, 17.0, 85.2, 13.0, 85.8, 8.0, 84.4, 3.0),
    *(80.0, 0.2, 75.0, 0.1, 69.5, 1.4, 63.5, 2.1, 57.0, 1.1, 50.0, 0.0, 42.0, 0.0),
    *(35.0, 0.7, 30.4, 2.4, 28.0, 3.4, 28.4, 8.4),
)
PELVIS = outline(
    *(71.0, 19.4, 78.0, 18.9, 82.4, 17.0, 85.2, 13.0, 85.8, 8.0, 84.4, 3.0, 80.0, 0.2),
    *(75.0, 0.1, 69.0, 1.5, 68.6, 7.0, 69.2, 13.5),
)
GLUTE = outline(
    *(73.5, 9.0, 77.0, 12.6, 82.0, 13.4, 87.0, 11.0, 89.4, 6.2, 87.0, 1.6, 82.0, 0.1, 76.6, 0.0),
    *(73.6, 3.4),
)
HEAD = outline(
    *(0.0, 9.0, 0.9, 13.6, 3.4, 17.2, 6.4, 18.8, 9.0, 19.3, 10.6, 18.8, 12.6, 20.0, 14.8, 21.5),
    *(15.7, 20.6, 16.1, 19.2, 17.6, 19.5, 18.9, 19.0, 19.8, 18.0, 21.3, 18.4),
    *(22.7, 17.3, 23.3, 14.8, 24.9, 12.6, 28.5, 12.9, 32.0, 14.0, 33.0, 8.0, 30.5, 2.6),
    *(23.0, 3.6, 17.5, 2.9, 13.0, 1.0, 9.0, 0.1, 5.0, 1.1, 1.6, 4.4),
)
HEAD_LINES = (
    outline(10.6, 14.9, 11.9, 16.0, 12.0, 17.6),  # a closed eye
    outline(18.2, 19.0, 18.2, 17.7, 17.4, 16.7),  # a mouth at ease
    outline(14.4, 9.4, 12.9, 10.3, 11.3, 9.9, 10.9, 8.7, 11.8, 7.9, 13.0, 8.6),  # an ear
)
HAIR = outline(
    *(2.6, 16.4, 4.9, 14.9, 7.2, 13.0, 10.6, 12.1, 10.4, 9.6, 10.8, 7.4, 13.4, 6.6, 16.0, 6.0),
    *(18.6, 4.4, 18.0, 3.0, 13.0, 1.0, 9.0, 0.1, 5.0, 1.1, 1.6, 4.4, 0.0, 9.0, 0.7, 13.2),
)

# A hand has its wrist at the origin, its fingers towards +x, and its thumb's side towards +y.
FIST = outline(
    *(-1.0, 2.5, 2.2, 3.3, 5.0, 4.4, 7.6, 4.3, 9.4, 2.9, 9.7, 0.4, 9.2, -2.0, 7.4, -3.7),
    *(4.2, -3.6, 1.6, -2.9, -1.0, -2.5, -2.2, 0.0),
)
FIST_LINES = (
    outline(5.6, 1.9, 9.3, 1.5),
    outline(5.4, -0.2, 9.4, -0.4),
    outline(5.2, -2.1, 8.6, -2.2),
)
FLAT_HAND = outline(
    *(-1.0, 2.5, 3.0, 2.9, 6.4, 3.6, 8.4, 2.6, 12.0, 1.7, 16.0, 1.2, 18.2, 0.2, 17.6, -1.0),
    *(13.0, -1.5, 8.0, -2.2, 3.0, -2.6, -1.0, -2.5, -2.2, 0.0),
)
FLAT_HAND_LINES = (outline(5.0, 1.0, 8.4, 1.1, 10.4, 0.2),)
