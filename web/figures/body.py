"""The body: bone lengths, outlines round the bones, and how far joints go.

Lengths are shares of stature after Drillis and Contini (1966), as printed in D. A. Winter,
"Biomechanics and Motor Control of Human Movement", 4th ed. (2009), figure 4.1. Widths round the
bones are drawn by eye to those of an adult of middle build.
"""

from typing import NamedTuple

from web.figures.geometry import Vec

STATURE = 170.0  # cm

UPPER_ARM = 0.186 * STATURE
FOREARM = 0.146 * STATURE
HAND = 0.108 * STATURE
THIGH = 0.245 * STATURE
SHANK = 0.246 * STATURE
FOOT = 0.152 * STATURE
ANKLE_HEIGHT = 0.039 * STATURE
HALF_HIPS = 0.191 * STATURE / 4  # a hip joint lies half-way between midline and side
HALF_SHOULDERS = 0.129 * STATURE * 0.75

# The trunk's own axes: x from the top of the head towards the feet, y from the back to the front.
SHOULDER = Vec((1 - 0.818) * STATURE, 9.5)
HIP = Vec((1 - 0.530) * STATURE, 10.2)
TURNING_POINT = Vec(30.0, 0.0)  # where the back stays down when the pelvis lifts
BREATH = 0.06  # how much higher a full belly is


class Range(NamedTuple):
    """How far a joint goes, in degrees."""

    least: float
    most: float


HIP_FLEXION = Range(-20.0, 130.0)
HIP_ABDUCTION = Range(-20.0, 50.0)
KNEE_FLEXION = Range(0.0, 145.0)
ELBOW_FLEXION = Range(0.0, 150.0)
ANKLE_FLEXION = Range(-30.0, 50.0)  # toes up to toes pointed


class Girth(NamedTuple):
    """The outline at one station of a limb.

    Attributes:
        at: Share of the bone, 0 at its upper joint, 1 at its lower.
        front: Centimetres from the bone to the outline on the side the joint bends to.
        back: Centimetres to the outline on the other side.
    """

    at: float
    front: float
    back: float


THIGH_GIRTHS = (
    Girth(0.0, 8.6, 9.0),
    Girth(0.22, 8.6, 8.9),
    Girth(0.5, 7.8, 7.6),
    Girth(0.8, 6.3, 5.9),
    Girth(1.0, 5.9, 5.2),
)
SHANK_GIRTHS = (
    Girth(0.0, 5.7, 5.0),
    Girth(0.14, 4.9, 5.7),
    Girth(0.32, 4.5, 6.6),
    Girth(0.6, 3.7, 4.8),
    Girth(0.85, 3.2, 3.3),
    Girth(1.0, 3.4, 3.4),
)
UPPER_ARM_GIRTHS = (
    Girth(0.0, 5.6, 5.6),
    Girth(0.35, 5.0, 5.0),
    Girth(0.75, 4.3, 4.4),
    Girth(1.0, 4.1, 4.1),
)
FOREARM_GIRTHS = (
    Girth(0.0, 4.1, 4.1),
    Girth(0.25, 4.4, 4.3),
    Girth(0.7, 3.2, 3.3),
    Girth(1.0, 2.7, 2.7),
)

# Foot: ankle at the origin, toes towards +x, sole at -ANKLE_HEIGHT.
FOOT_OUTLINE = (
    Vec(3.2, 2.4),
    Vec(7.0, -0.6),
    Vec(12.5, -2.9),
    Vec(17.6, -4.0),
    Vec(19.9, -5.2),
    Vec(18.6, -6.5),
    Vec(14.0, -6.6),
    Vec(7.0, -6.1),
    Vec(1.0, -6.5),
    Vec(-3.4, -6.6),
    Vec(-5.7, -4.9),
    Vec(-5.0, -1.6),
    Vec(-3.3, 1.6),
    Vec(0.0, 3.4),
)

TORSO_OUTLINE = (
    Vec(26.5, 13.6),
    Vec(30.5, 15.0),
    Vec(34.5, 17.6),
    Vec(40.0, 20.6),
    Vec(46.0, 22.3),
    Vec(52.0, 22.2),
    Vec(58.0, 21.0),
    Vec(64.0, 19.9),
    Vec(70.0, 19.6),
    Vec(76.0, 19.5),
    Vec(82.0, 18.8),
    Vec(87.0, 16.2),
    Vec(90.0, 11.0),
    Vec(90.2, 5.6),
    Vec(86.5, 1.2),
    Vec(81.0, 0.0),
    Vec(75.0, 0.1),
    Vec(69.5, 1.3),
    Vec(63.5, 2.0),
    Vec(57.0, 1.0),
    Vec(50.0, 0.0),
    Vec(42.0, 0.0),
    Vec(35.0, 0.4),
    Vec(29.5, 2.4),
    Vec(24.0, 4.2),
    Vec(21.5, 9.0),
)
PELVIS_OUTLINE = (
    Vec(71.5, 19.4),
    Vec(76.0, 19.5),
    Vec(82.0, 18.8),
    Vec(87.0, 16.2),
    Vec(90.0, 11.0),
    Vec(90.2, 5.6),
    Vec(86.5, 1.2),
    Vec(81.0, 0.0),
    Vec(75.0, 0.1),
    Vec(69.5, 1.3),
    Vec(68.5, 6.0),
    Vec(69.0, 13.0),
)
HEAD_OUTLINE = (
    Vec(0.0, 9.6),
    Vec(1.2, 14.4),
    Vec(4.6, 18.2),
    Vec(8.6, 19.5),
    Vec(10.6, 19.2),
    Vec(12.6, 20.4),
    Vec(14.9, 22.0),
    Vec(15.7, 21.2),
    Vec(15.9, 19.8),
    Vec(17.3, 20.1),
    Vec(18.1, 19.3),
    Vec(18.9, 19.6),
    Vec(19.8, 18.7),
    Vec(21.3, 18.9),
    Vec(22.6, 17.3),
    Vec(23.2, 14.0),
    Vec(25.0, 11.0),
    Vec(22.0, 5.2),
    Vec(17.0, 3.0),
    Vec(12.0, 0.6),
    Vec(7.0, 0.2),
    Vec(2.4, 3.6),
)
HAIR_OUTLINE = (
    Vec(2.2, 16.2),
    Vec(5.0, 14.6),
    Vec(7.8, 12.6),
    Vec(10.0, 11.2),
    Vec(12.4, 9.4),
    Vec(12.4, 7.0),
    Vec(15.6, 5.6),
    Vec(18.0, 3.6),
    Vec(16.0, 2.4),
    Vec(12.0, 0.6),
    Vec(7.0, 0.2),
    Vec(2.4, 3.6),
    Vec(0.0, 9.6),
    Vec(0.6, 13.2),
)

# Hands: wrist at the origin, fingers towards +x, the thumb's side towards +y.
FIST_OUTLINE = (
    Vec(-1.0, 2.7),
    Vec(2.5, 3.9),
    Vec(6.6, 4.6),
    Vec(9.6, 3.4),
    Vec(10.2, 0.0),
    Vec(9.2, -3.4),
    Vec(5.5, -4.4),
    Vec(2.0, -3.5),
    Vec(-1.0, -2.7),
    Vec(-2.4, 0.0),
)
FLAT_HAND_OUTLINE = (
    Vec(-1.0, 2.6),
    Vec(4.0, 2.9),
    Vec(9.0, 2.4),
    Vec(14.0, 1.6),
    Vec(18.0, 0.6),
    Vec(18.4, -0.8),
    Vec(14.0, -1.7),
    Vec(8.0, -2.4),
    Vec(3.0, -2.6),
    Vec(-1.0, -2.6),
    Vec(-2.4, 0.0),
)
