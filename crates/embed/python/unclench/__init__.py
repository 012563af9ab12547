"""Triage of a back spasm by a published guideline: answers in, a certified outcome out.

Information and self-care, not a medical device. Every answer is a function of the request and
of the guideline; nothing is kept, logged or sent anywhere.
"""

from __future__ import annotations

import json
import threading
import time
from datetime import datetime
from importlib.resources import files
from typing import Any, Mapping, Optional, Sequence, Union, cast

from wasmtime import Engine, Instance, Module, Store

from ._types import (
    Answers,
    Assessed,
    BookVersion,
    Certificate,
    DoseCheck,
    Explained,
    Fault,
    Logged,
    Questions,
    RegionId,
    ToAsk,
    Verified,
)

__all__ = ["Problem", "Unclench"]


class Problem(ValueError):
    """A request that was not answered, as RFC 9457 has it.

    It repeats nothing that was sent but the name of a field.
    """

    title: str
    status: int
    detail: str
    errors: Sequence[Fault]

    def __init__(self, problem: Mapping[str, Any]) -> None:
        self.title = problem["title"]
        self.status = problem["status"]
        self.detail = problem["detail"]
        self.errors = problem.get("errors", [])
        places = [f"{fault['pointer']} {fault['detail']}" for fault in self.errors]
        super().__init__("\n".join([self.detail, *places]))


class Unclench:
    """A guideline that answers. It may be used by several threads; they take turns."""

    guideline: BookVersion
    """Which book decides: its version and hash."""

    def __init__(self, book: Optional[bytes] = None) -> None:
        """Opens the guideline of this package, or one that ``unclench book --compiled FILE`` wrote."""
        here = files(__package__)
        self._turn = threading.Lock()
        self._store = Store(Engine())
        module = Module(self._store.engine, (here / "unclench.wasm").read_bytes())
        self._exports = cast(Any, Instance(self._store, module, []).exports(self._store))
        if book is None:
            book = (here / "guideline.bin").read_bytes()
        with self._turn:
            self.guideline = self._told(self._exports["open_book"](self._store, *self._given(book)))

    def assess(
        self, answers: Answers, *, region: Optional[RegionId] = None, id: Optional[str] = None
    ) -> Assessed:
        """The outcome with reasons, plan and certificate; or what is missing: both bounds and what to ask next."""
        return self._call("assess", answers=answers, region=region, id=id)

    def next(self, answers: Answers, *, region: Optional[RegionId] = None, id: Optional[str] = None) -> ToAsk:
        """The one question that matters most now."""
        return self._call("next", answers=answers, region=region, id=id)

    def explain(
        self, answers: Answers, *, region: Optional[RegionId] = None, id: Optional[str] = None
    ) -> Explained:
        """Each rule that decides, with its condition, its sentence in the book and its sources."""
        return self._call("explain", answers=answers, region=region, id=id)

    def dose(
        self,
        product: str,
        *,
        log: Sequence[Logged],
        amount: Optional[str] = None,
        region: Optional[RegionId] = None,
        answers: Optional[Answers] = None,
        at: Union[datetime, str, None] = None,
    ) -> DoseCheck:
        """May this be taken now? ``log`` is what was taken in the last ten days; empty where nothing was."""
        when = at.isoformat() if isinstance(at, datetime) else at
        return self._call(
            "dose", product=product, amount=amount, region=region, answers=answers, log=list(log), at=when
        )

    def verify(self, certificate: Certificate) -> Verified:
        """Whether a certificate holds, by an evaluator of its own."""
        return self._call("verify", certificate=certificate)

    def questions(self) -> Questions:
        """Every question, in the order of asking, with the answers that each takes."""
        return self._call("questions")

    def _call(self, name: str, **request: Any) -> Any:
        given = {field: value for field, value in request.items() if value is not None}
        texts = [name, json.dumps(given, allow_nan=False)]
        with self._turn:
            parts = [part for text in texts for part in self._given(text.encode())]
            return self._told(self._exports["call"](self._store, *parts, time.time() * 1000))

    # The module's memory is the boundary: a text goes in as UTF-8, an answer comes out as JSON
    # with its length before it. `boundary.rs` has the rules.

    def _given(self, data: bytes) -> tuple[int, int]:
        at = self._exports["allocate"](self._store, len(data))
        self._exports["memory"].write(self._store, data, at)
        return at, len(data)

    def _told(self, at: int) -> Any:
        memory = self._exports["memory"]
        length = int.from_bytes(memory.read(self._store, at, at + 4), "little")
        answer = json.loads(memory.read(self._store, at + 4, at + 4 + length))
        self._exports["release"](self._store, at)
        if "problem" in answer:
            raise Problem(answer["problem"])
        if "error" in answer:
            raise RuntimeError(f"unclench: {answer['error']}")
        return answer["told"]
