"""The event stream: a snapshot on connect, then one event a change."""

from collections.abc import Callable, Iterator

from flask import Blueprint, Response, request

from kiosk.core.cues import Cue
from kiosk.core.session import State
from kiosk.runner import Change, Runner
from web.context import Context
from web.snapshot import Snapshots
from web.streams import Beat, Stream

#: Milliseconds that a browser waits before it connects again.
RETRY = 500


def blueprint(context: Context, snapshots: Snapshots) -> Blueprint:
    """``GET /events``."""
    events = Blueprint("events", __name__)

    @events.get("/events")
    def stream() -> Response:
        gone: Callable[[], bool] = request.environ.get("waitress.client_disconnected", _never)
        opened = context.streams.open()
        body = _Body(_messages(opened, context.runner, snapshots, gone), opened, context)
        response = Response(body, mimetype="text/event-stream")
        response.headers["Cache-Control"] = "no-store"
        response.headers["X-Accel-Buffering"] = "no"
        return response

    return events


class _Body:
    """The stream's body; closing it gives the stream back even if it was never read."""

    def __init__(self, messages: Iterator[bytes], stream: Stream, context: Context) -> None:
        self._messages = messages
        self._stream = stream
        self._context = context

    def __iter__(self) -> Iterator[bytes]:
        return self._messages

    def close(self) -> None:
        self._context.streams.release(self._stream)


def _messages(
    stream: Stream, runner: Runner, snapshots: Snapshots, gone: Callable[[], bool]
) -> Iterator[bytes]:
    yield f"retry: {RETRY}\n\n".encode()
    sent = runner.state
    yield _message(sent, None, snapshots)
    for item in stream:
        if gone():
            return
        if isinstance(item, Beat):
            yield b"event: beat\ndata: {}\n\n"
        elif isinstance(item, Change):
            if item.state.version > sent.version:
                sent = item.state
                yield _message(sent, item.cue, snapshots)
        else:
            yield _message(runner.state, None, snapshots)


def _message(state: State, cue: Cue | None, snapshots: Snapshots) -> bytes:
    return b"id: %d\ndata: %s\n\n" % (state.version, snapshots.event(state, cue))


def _never() -> bool:
    return False
