"""The moves of choosing: what the choices of side, seconds, routine and language do.

They are cells of the transition table, like those in `kiosk.core.moves`.
"""

from collections.abc import Sequence
from dataclasses import replace

from kiosk.core.cues import Cue
from kiosk.core.moves import Moment, back_to_attract, plan_of, run, start
from kiosk.core.routine import Routine
from kiosk.core.session import Choices, Choose, Outcome, Refusal, Rules, State, Status

#: How many pictures of routines a page has: as many as a small panel has room for in a good size.
ROUTINES_A_PAGE = 4


def choose(moment: Moment) -> Outcome:
    """Take the member's choice, if it is not too late for it.

    A choice of side, seconds or routine makes a new plan. It also shows that somebody is there, so
    the step waits for a press anew. A choice of the language changes nothing but the language;
    from the names of the languages it leads back to the first step.
    """
    state, choice = moment.state, moment.choice
    changes_plan = (choice.side, choice.seconds, choice.routine) != (None, None, None)
    if changes_plan and not state.preparing:
        return Outcome(state, refusal=Refusal.TOO_LATE)
    chosen = _chosen(state.choices, choice, moment.rules)
    if isinstance(chosen, Refusal):
        return Outcome(state, refusal=chosen)
    changed = replace(state, choices=chosen)
    if state.status is Status.ATTRACT:
        until = moment.now + moment.rules.timing.attract_forgets_after
        kept = None if chosen == moment.rules.defaults else until
        return Outcome(replace(changed, deadline=kept))
    if not changes_plan:
        return Outcome(_in_language(changed, moment))
    if chosen.routine == state.choices.routine:
        changed = replace(changed, steps=plan_of(chosen, moment.rules))
    else:
        changed = _with_routine_of(chosen, state, moment.rules)
    if choice.routine is not None:
        changed = replace(changed, last_advance=moment.now)
    return Outcome(run(changed, moment.now, moment.rules))


def forget(moment: Moment) -> Outcome:
    """Take the defaults again, since whoever chose on the attract screen has not begun."""
    return Outcome(back_to_attract(moment.state, moment.now, moment.rules))


def begin(moment: Moment) -> Outcome:
    """Begin a session: at its first step, or with the list if members choose by the button."""
    began, rules = start(moment), moment.rules
    if not rules.choose_by_button or len(offered_in(began.state.choices.language, rules)) <= 1:
        return began
    return Outcome(_browse(began.state, moment), Cue.TICK)


def show_next(moment: Moment) -> Outcome:
    """Show the next routine of the list; after the last one comes the first again."""
    return _turn_over(moment, 1)


def show_previous(moment: Moment) -> Outcome:
    """Show the routine before this one; before the first one comes the last."""
    return _turn_over(moment, -1)


def show_routines(moment: Moment) -> Outcome:
    """Show the pictures of the offered routines, so that one of them can be touched."""
    state = moment.state
    if not state.preparing:
        return Outcome(state, refusal=Refusal.TOO_LATE)
    offered = offered_in(state.choices.language, moment.rules)
    if len(offered) <= 1:
        return Outcome(state, refusal=Refusal.ONLY_ONE)
    if not 0 <= moment.page < pages_of(offered):
        return Outcome(state, refusal=Refusal.NO_SUCH_PAGE)
    return Outcome(replace(_before_first_step(Status.CHOOSING, moment), page=moment.page))


def show_languages(moment: Moment) -> Outcome:
    """Show the names of the offered languages, so that one of them can be touched."""
    state, rules = moment.state, moment.rules
    if not state.preparing:
        return Outcome(state, refusal=Refusal.TOO_LATE)
    if len(languages_of(rules.routines[state.choices.routine], rules)) <= 1:
        return Outcome(state, refusal=Refusal.ONLY_ONE_LANGUAGE)
    return Outcome(_before_first_step(Status.LANGUAGES, moment))


def go_to_first_step(moment: Moment) -> Outcome:
    """Leave the pictures or names as they are, for the first step of what is chosen."""
    return Outcome(run(moment.state, moment.now, moment.rules), Cue.TICK)


def offered_in(language: str, rules: Rules) -> tuple[str, ...]:
    """Ids of the routines that a member can choose from who reads `language`.

    A routine without words in it is left out: its gate could not be read.
    """
    there = (each for each in rules.offered if each in rules.routines)
    return tuple(each for each in there if language in rules.routines[each].texts)


def browsed(state: State, rules: Rules) -> tuple[str, ...]:
    """Ids of the routines that a member of `state` can press through, in order.

    The one that is shown is always among them, even if it has no words in the language.
    """
    offered = offered_in(state.choices.language, rules)
    shown = state.choices.routine
    return offered if shown in offered else (shown, *offered)


def languages_of(routine: Routine, rules: Rules) -> tuple[str, ...]:
    """Codes of the offered languages that `routine` has words in."""
    offered = rules.languages or (rules.defaults.language,)
    return tuple(each for each in offered if each in routine.texts)


def pages_of(offered: Sequence[str]) -> int:
    """How many pages the pictures of the `offered` routines fill, at least 1."""
    return max(1, -(-len(offered) // ROUTINES_A_PAGE))


def first_seconds(routine: str, rules: Rules) -> int:
    """The length of a side that `routine` begins with: the station's for its own, else its own."""
    if routine == rules.defaults.routine:
        return rules.defaults.seconds
    return rules.routines[routine].default_seconds


def can_be_chosen(rules: Rules) -> frozenset[str]:
    """Ids of all routines that may be chosen: the offered ones, and what "Not for me" leads to."""
    chosen = {each for each in (rules.defaults.routine, *rules.offered) if each in rules.routines}
    while (
        more := {
            routine.alternative
            for routine in map(rules.routines.__getitem__, chosen)
            if routine.alternative is not None and routine.alternative in rules.routines
        }
        - chosen
    ):
        chosen |= more
    return frozenset(chosen)


def _turn_over(moment: Moment, by: int) -> Outcome:
    """Show the routine that stands `by` places further in the list."""
    state, rules = moment.state, moment.rules
    listed = browsed(state, rules)
    routine = listed[(listed.index(state.choices.routine) + by) % len(listed)]
    choices = replace(state.choices, routine=routine, seconds=first_seconds(routine, rules))
    shown = _with_routine_of(choices, state, rules)
    return Outcome(_browse(shown, moment), Cue.TICK)


def _with_routine_of(choices: Choices, state: State, rules: Rules) -> State:
    """`state`, but at the first step of the routine of `choices`, where its story begins anew."""
    steps, story = plan_of(choices, rules), state.story
    anew = None if story is None else story.begun_anew(steps[0])
    return replace(state, choices=choices, steps=steps, index=0, story=anew)


def _browse(state: State, moment: Moment) -> State:
    """`state`, but its routine is shown for as long as it waits for a press."""
    deadline = moment.now + moment.rules.timing.browsing_takes_after
    return replace(state, status=Status.BROWSING, since=moment.now, deadline=deadline)


def _before_first_step(status: Status, moment: Moment) -> State:
    """A session that waits with `status` for something to be touched before its first step."""
    state = moment.state
    if state.status is Status.ATTRACT:
        state = start(moment).state
    return replace(
        state,
        status=status,
        index=0,
        since=moment.now,
        deadline=moment.now + moment.rules.timing.asking_after,
        last_advance=moment.now,
    )


def _in_language(state: State, moment: Moment) -> State:
    """`state`, whose language has just been chosen, at `moment`.

    The pictures stay on a page that there is; in another language there may be fewer of them.
    """
    if state.status is Status.LANGUAGES:
        return run(replace(state, last_advance=moment.now), moment.now, moment.rules)
    last = pages_of(offered_in(state.choices.language, moment.rules)) - 1
    return replace(state, page=min(state.page, last))


def _chosen(old: Choices, choice: Choose, rules: Rules) -> Choices | Refusal:
    """The choices after `choice`, or why it cannot be taken.

    Another routine begins with a length of its own. If it has no words in the old language, that
    stays chosen: the screen is in the routine's own language meanwhile.
    """
    routine_id = choice.routine or old.routine
    routine = rules.routines.get(routine_id)
    if routine is None:
        return Refusal.NO_SUCH_ROUTINE
    if choice.routine is not None and routine_id not in can_be_chosen(rules):
        return Refusal.NOT_OFFERED
    same = routine_id == old.routine
    seconds = old.seconds if same else first_seconds(routine_id, rules)
    seconds = seconds if choice.seconds is None else choice.seconds
    if seconds not in routine.side_seconds:
        return Refusal.NO_SUCH_SECONDS
    if choice.language is not None and choice.language not in languages_of(routine, rules):
        return Refusal.NO_SUCH_LANGUAGE
    language = choice.language or old.language
    return Choices(routine_id, choice.side or old.side, seconds, language)
