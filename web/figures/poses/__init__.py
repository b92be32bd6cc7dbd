"""The poses that routines may name, and what each limb, the ball and the kettlebell do in them.

To write a pose, begin with the one that is most like it, and think in this order:

1. How is the body placed? A `Base` lies or stands, `Hips` sit, `Kneeling` is on a knee.
2. Where is each foot? A `Leg` stands on the mat, a `FreeLeg` has its ankle anywhere in space.
3. Where is each hand, and which way does its elbow point? That is an `Arm`.
4. What else is there? Ball and kettlebell belong to the position, as they may move with it; a pad,
   a wall or a chair is scenery.
5. Does it move? Then a second position and a rhythm say how, and perhaps an arrow.

Knees and elbows follow from that. The working leg is always the near one, and every pose is written
for the right side; the page mirrors it for the left. A limb that does not reach, or a joint that is
past its range, is a `FigureError` that names it.
"""

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
