"""A comment in the model: its texts, what was said of each, and which of them readers see."""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from discuss.domain.accounts import Principal
from discuss.domain.removals import Removal
from discuss.domain.states import State
from tests.machines.model import Piece, Remark


@dataclass(eq=False)
class Word:
    """A decision about a text. `follows`: the one about a later text that brought it about. `act`: what else was decided with it."""

    state: State
    by_person: bool = False
    by_readers: bool = False
    follows: "Word | None" = None
    act: UUID | None = None

    @property
    def rejects(self) -> bool:
        return self.by_person and self.state is State.REJECTED

    @property
    def stops(self) -> bool:
        return self.by_person and self.state is not State.PUBLISHED and self.follows is None


@dataclass
class Text:
    id: UUID
    toxic: bool
    words: list[Word] = field(default_factory=list)

    @property
    def last(self) -> Word:
        return self.words[-1] if self.words else Word(State.PENDING)

    @property
    def state(self) -> State:
        return self.last.state

    @property
    def before(self) -> State:
        """What undoing goes back to: to what was said before the last word, and from the first word to held."""
        return self.words[-2].state if len(self.words) > 1 else State.HELD

    @property
    def can_be_undone(self) -> bool:
        """What holds a text of which nothing was said before cannot be taken back: that would hold it again."""
        return self.last.by_person and (len(self.words) > 1 or self.state is not State.HELD)


@dataclass
class Thread:
    """A comment with all its texts; `shown` is the number of the text that readers see."""

    id: UUID
    author: Principal
    piece: Piece
    created: datetime
    texts: list[Text]
    shown: int = 0
    deleted: bool = False

    @property
    def visible(self) -> bool:
        return bool(self.shown) and not self.deleted

    @property
    def stopped(self) -> bool:
        """A person stopped a text, or readers did and no person has the last word on a later one."""
        looked_at = max((n for n, text in enumerate(self.texts, 1) if text.last.by_person), default=0)
        by_readers = any(text.last.by_readers for text in self.texts[looked_at:])
        return by_readers or any(text.last.stops for text in self.texts)

    def settle(self, now: datetime) -> None:
        """A comment keeps the moment when readers first saw it; if it comes back, it comes back in the same place."""
        if self.visible and self.id not in self.piece.remarks:
            self.piece.remarks[self.id] = Remark(self.author.account_id, now, key=self.id)
        elif self.id in self.piece.remarks:
            before = self.piece.activity(anti_bump=True)
            self.piece.remarks[self.id].visible = self.visible
            # What the setting promises, whatever the model makes of it: taking words away brings nothing up.
            assert self.visible or self.piece.activity(anti_bump=True) <= before

    def decided(self, number: int, word: Word, now: datetime) -> None:
        """A person who rejects a text also rejects the earlier one that readers see."""
        if word.rejects and 0 < self.shown < number:
            self._said(self.shown, Word(State.REJECTED, by_person=True, follows=word), now)
        self._said(number, word, now)

    def removed(self, asked: Removal, now: datetime) -> None:
        """Every text is rejected, also those written since the removal was requested."""
        if self.author.account_id == asked.account_id and self.created < asked.until and not self.deleted:
            for number, text in enumerate(self.texts, 1):
                if text.state is not State.REJECTED:
                    self._said(number, Word(State.REJECTED, by_person=True, act=asked.id), now)

    def reported(self, now: datetime) -> None:
        """Readers stop what the machine published, and overrule no person."""
        if not self.texts[self.shown - 1].last.by_person:
            self._said(self.shown, Word(State.HELD, by_readers=True), now)

    def undone(self, number: int, now: datetime, act: UUID | None = None) -> None:
        """What followed goes back too, unless a person has rejected a later text since."""
        text = self.texts[number - 1]
        made, back = text.last, Word(text.before, by_person=True, act=act)
        if not any(later.last.rejects for later in self.texts[number:]):
            for earlier, other in enumerate(self.texts[: number - 1], 1):
                if other.last.follows is made:
                    self._said(earlier, Word(other.before, by_person=True, follows=back), now)
        self._said(number, back, now)

    def undone_act(self, act: UUID, by: UUID, now: datetime) -> None:
        for number, text in enumerate(self.texts, 1):
            if text.last.act == act:
                self.undone(number, now, by)

    def _said(self, number: int, word: Word, now: datetime) -> None:
        self.texts[number - 1].words.append(word)
        if word.state is State.PUBLISHED:
            self.shown = max(self.shown, number)
        elif self.shown == number:
            self.shown = 0
        self.settle(now)
