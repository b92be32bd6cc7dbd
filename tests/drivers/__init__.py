"""What the tests are driven with: everything that more than one test file needs.

| file | what it is for |
|---|---|
| `clocks` | Time that stands still until a test moves it: one clock for all that is monotonic, with alarms, and one for the time of day. |
| `mat` | A member on the mat beside a station that is only its core: press, hold, wait. Tests read like sentences with it. |
| `sessions` | Goes through a session by presses, whatever takes them: a mat, a stage, a process. `bench/` uses it too. |
| `keeping` | A mat whose sessions are kept on disk, a disk that fails, and a gym whose plug can be pulled. |
| `past` | Databases with a past: that of each release, and sums as somebody would count them by hand. |
| `made_up_past` | A gym's past of any length, made up by dice, for pictures and for `bench/`. |
| `broker` | A real Mosquitto that can be killed and started again, and somebody who listens there. |
| `bad_broker` | Brokers that are silent, slow, old or hostile. |
| `linked` | A station that is linked to a broker: a real session, store and link, without panel and page. |
| `killed_link` | A station that is linked and killed, again and again, beside a broker that restarts; `bench/` uses it too. |
| `killed` | A station in a process that is made to be killed, and tells all that it does before that. |
| `made_up` | A routine that has nothing in common with those that come along, with its files in `routines/`. |
| `shipped` | The files of the routines that come along, without their translations. |
| `languages` | Station's words in a second language, whichever languages come along. |
| `plain` | Small routines by their turns, sets and lengths: as a file's text, as a routine, and any routine for Hypothesis. |
| `panels` | The button, buzzer and light on mock pins and a fake clock, and an ear for what the panel tells. |
| `trains` | Edges as real contacts make them, with chatter and noise, for Hypothesis. |
| `fake_kernel` | GPIO chips as the kernel keeps them, below libgpiod's bindings. |
| `threads` | Waits for what another thread does, without sleeping for longer than that. |
| `processes` | Commands of Matside, and stations that run, in processes of their own. Tests that use it are marked `process`. |
| `staff` | Staff who want to come in, at the panel or in the network, with a PIN that is cheap to hash. |
| `staff_pages` | Pages of the staff area in a browser: at which sizes to look at them, and what is wrong. |
| `staff_frame` | The staff area at the panel, opened by five taps and the PIN, in a real browser. |
| `updates` | An appliance in a folder: root's programs are stand-ins, packages and signatures are real. |
| `postgres` | A real PostgreSQL that can be crashed. |
| `archives` | Archives in processes of their own, and sessions for them; `bench/` uses it too. |
| `prometheus` | The tool that judges metrics and alerts. |
| `flood` | Many requests at once, from a process of their own; `bench/` uses it too. |
| `health` | What a running station says of itself, for whoever asks it. |
| `sounds` | Sound files, and a speech engine that needs no program. |
| `recorded_voice` | A whole session's voice, written down and held to its time line. `bench/` uses it too. |
| `stage` | A whole station in the test's own process whose clock the test moves, served to a browser. |
| `chromium` | The browser of the tests, and the sizes of screens. `bench/` uses it too. |
| `screens` | A walk through every screen there is, for the tests of layout and contrast and for the screenshots. |
| `every_screen` | Every screen in any language as HTML, without a server; and a made-up language from right to left. |
| `readable` | What axe finds wrong with a page, and its texts that are too faint. |
| `scripts` | The JavaScript of `tests/browser/` that is run within the page. |

A file of tests takes what it shares from here, and never from another file of tests or a conftest.
"""  # noqa: E501 - the rows of a table
