"""The poses that routines may name, and what each limb, the ball and the kettlebell do in them."""

from collections.abc import Mapping
from types import MappingProxyType

from web.figures.pose import Pose
from web.figures.poses.balls import BALL_POSES
from web.figures.poses.hips import HIP_POSES
from web.figures.poses.kneeling import KNEELING_POSES
from web.figures.poses.legs import LEG_POSES
from web.figures.poses.psoas import PSOAS_POSES

BODY_POSES: Mapping[str, Pose] = MappingProxyType(
    {**PSOAS_POSES, **KNEELING_POSES, **HIP_POSES, **BALL_POSES, **LEG_POSES}
)
