"""The event stream: a snapshot when a page connects, then one for each change.

First of all comes the edition of the page that the station would send now, for example
``event: page``, ``data: {"edition": "0c1d2e3f4a5b"}``, since a page may be of yesterday.

Once a change has settled, the screen that the button leads to next is sent ahead. All is sent as
server-sent events, for example a heartbeat: ``event: beat``, ``data: {}``.
"""

from collections.abc import Callable, Iterator

from flask import Blueprint, Response, request

from kiosk.core.session import State
from kiosk.runner import Change
from web.assets import page_edition
from web.context import Context
from web.foreseen import Foresight
from web.snapshot import Snapshots
from web.streams import Heartbeat, Settled, Stream

#: Milliseconds that a browser is to wait before it connects again.
RETRY = 500


def blueprint(context: Context, snapshots: Snapshots) -> Blueprint:
    """``GET /events``."""
    events = Blueprint("events", __name__)

    @events.get("/events")
    def stream() -> Response:
        gone: Callable[[], bool] = request.environ.get("waitress.client_disconnected", _never)
        opened = context.streams.open()
        foresight = Foresight(context.runner, context.rules, snapshots)
        messages = _messages(opened, context, snapshots, foresight, gone)
        body = _Body(messages, opened, context)
        response = Response(body, mimetype="text/event-stream")
        response.headers["Cache-Control"] = "no-store"
        response.headers["X-Accel-Buffering"] = "no"
        return response

    return events


class _Body:
    """The body of the answer. Closing it closes the stream, even if nobody has read from it."""

    def __init__(self, messages: Iterator[bytes], stream: Stream, context: Context) -> None:
        self._messages = messages
        self._stream = stream
        self._context = context

    def __iter__(self) -> Iterator[bytes]:
        return self._messages

    def close(self) -> None:
        self._context.streams.release(self._stream)


def _messages(
    stream: Stream,
    context: Context,
    snapshots: Snapshots,
    foresight: Foresight,
    gone: Callable[[], bool],
) -> Iterator[bytes]:
    runner, edition = context.runner, page_edition(context.screen, voice=context.voice is not None)
    yield f'retry: {RETRY}\nevent: page\ndata: {{"edition": "{edition}"}}\n\n'.encode()
    sent = runner.state
    yield _message(sent, None, snapshots)
    for item in stream:
        if gone():
            return
        if isinstance(item, Heartbeat):
            yield b"event: beat\ndata: {}\n\n"
        elif isinstance(item, Change):
            # The first snapshot may have had this change already, since the stream was open before.
            if item.state.version > sent.version:
                sent = item.state
                message = _message(sent, item, snapshots)
                if context.metrics is not None and item.is_press:
                    context.metrics.sent(item.at)
                yield message
        elif isinstance(item, Settled):
            if (ahead := foresight.ahead()) is not None:
                yield b"event: foreseen\ndata: %s\n\n" % ahead
        else:
            yield _message(runner.state, None, snapshots)


def _message(state: State, change: Change | None, snapshots: Snapshots) -> bytes:
    return b"id: %d\ndata: %s\n\n" % (state.version, snapshots.event(state, change))


def _never() -> bool:
    return False
