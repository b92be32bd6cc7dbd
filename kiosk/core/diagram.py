"""The state diagram, drawn from the transition table so that it can never disagree with it."""

from kiosk.core.transitions import TABLE, Trigger


def mermaid() -> str:
    """The table as a Mermaid state diagram.

    Choices are left out: they can be made in every status, and would hide the other arrows.
    """
    lines = ["stateDiagram-v2", "    [*] --> attract", "    [*] --> resume: after a power cut"]
    for status, row in TABLE.items():
        arrows: dict[str, list[str]] = {}
        for trigger, transition in row.items():
            if trigger is not Trigger.CHOOSE:
                for target in transition.to:
                    arrows.setdefault(target.value, []).append(trigger.value)
        lines += [
            f"    {status.value} --> {target}: {', '.join(triggers)}"
            for target, triggers in arrows.items()
        ]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    print(mermaid(), end="")
