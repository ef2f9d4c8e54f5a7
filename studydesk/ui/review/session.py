"""One round of the review as pure state: which card is asked, whether its answer is shown, what was answered."""

from __future__ import annotations

from dataclasses import dataclass, replace

from studydesk.services.review import DueCard


@dataclass(frozen=True)
class ReviewRound:
    """`queue` begins with the card that is asked. `done` counts the answers of this round."""

    queue: tuple[DueCard, ...] = ()
    due: int = 0
    done: int = 0
    revealed: bool = False

    @property
    def asked(self) -> DueCard | None:
        """The card that is asked now, or None when nothing is due."""
        return self.queue[0] if self.queue else None

    @property
    def share(self) -> float:
        """How much of the round is done, 0 to 1."""
        return self.done / (self.done + self.due) if self.done + self.due else 1.0

    def with_due(self, queue: tuple[DueCard, ...], due: int) -> ReviewRound:
        """Take what is due now; the card that is being asked stays in front while it is due."""
        asked = self.asked.card.id if self.asked else ""
        same = tuple(card for card in queue if card.card.id == asked)
        rest = tuple(card for card in queue if card.card.id != asked)
        return replace(self, queue=same + rest, due=due, revealed=self.revealed and bool(same))

    def reveal(self) -> ReviewRound:
        """Show the answer."""
        return replace(self, revealed=self.asked is not None)

    def answered(self) -> ReviewRound:
        """Go on to the next card."""
        return replace(
            self,
            queue=self.queue[1:],
            due=max(0, self.due - 1),
            done=self.done + 1,
            revealed=False,
        )

    def passed(self) -> ReviewRound:
        """Leave the card for another day."""
        return replace(self, queue=self.queue[1:], due=max(0, self.due - 1), revealed=False)

    def taken_back(self) -> ReviewRound:
        """The last answer does not count any more; its card comes back with what is due."""
        return replace(self, queue=(), done=max(0, self.done - 1), revealed=False)
