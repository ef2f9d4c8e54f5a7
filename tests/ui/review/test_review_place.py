"""Reviewing in a real window over a real desk."""

from __future__ import annotations

from datetime import timedelta

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QDialog
from pytestqt.qtbot import QtBot

from studydesk.foundation.clock import ManualClock
from studydesk.ui.review.card_form import CardForm
from studydesk.ui.widgets.form_dialog import FormDialog
from tests.ui.review.conftest import Review


def asked(review: Review) -> str:
    card = review.place.round.asked
    return card.card.front if card is not None else ""


def press(review: Review, key: Qt.Key) -> None:
    QTest.keyClick(review.place.page, key)


def test_space_shows_the_answer_and_a_digit_answers(review: Review, qtbot: QtBot) -> None:
    review.add("Which join keeps all rows?", "What is NULL = NULL?", back="LEFT JOIN")
    qtbot.waitUntil(lambda: asked(review) == "Which join keeps all rows?")
    press(review, Qt.Key.Key_3)
    assert not review.place.round.revealed  # a digit means nothing before the answer is seen
    press(review, Qt.Key.Key_Space)
    assert review.place.page.sheet.back.isVisible()
    assert "LEFT JOIN" in review.place.page.sheet.back.toPlainText()
    press(review, Qt.Key.Key_4)
    qtbot.waitUntil(lambda: asked(review) == "What is NULL = NULL?")
    assert not review.place.page.sheet.back.isVisible()
    answered = [card for card in review.desk.review.cards().result(10) if card.reviews]
    assert [card.front for card in answered] == ["Which join keeps all rows?"]


def test_each_answer_says_when_the_card_comes_back(review: Review, qtbot: QtBot) -> None:
    review.add("front")
    qtbot.waitUntil(lambda: asked(review) == "front")
    press(review, Qt.Key.Key_Space)
    names = [button.accessibleName() for button in review.place.page.answers.buttons]
    assert [name.split(",")[0] for name in names] == ["Again", "Hard", "Good", "Easy"]
    assert all(", in " in name and name.endswith(f"key {n}") for n, name in enumerate(names, 1))


def test_when_nothing_is_left_it_says_so_in_words(review: Review, qtbot: QtBot) -> None:
    review.add("front")
    qtbot.waitUntil(lambda: asked(review) == "front")
    press(review, Qt.Key.Key_Space)
    press(review, Qt.Key.Key_4)
    qtbot.waitUntil(lambda: review.place.done.isVisible())
    assert "1 card, 1 of them recalled." in texts(review)
    review.place.week.click()
    assert review.gone_to == ["planner"]


def test_taking_back_asks_the_card_again_as_if_it_had_not_been_answered(review: Review, qtbot: QtBot) -> None:
    review.add("front")
    qtbot.waitUntil(lambda: asked(review) == "front")
    press(review, Qt.Key.Key_Space)
    press(review, Qt.Key.Key_1)
    qtbot.waitUntil(lambda: review.place.round.done == 1)
    qtbot.waitUntil(review.place.back.isEnabled)
    review.place.back.click()
    qtbot.waitUntil(lambda: asked(review) == "front")
    assert review.place.round.done == 0
    assert review.desk.review.cards().result(10)[0].reviews == 0


def test_a_buried_card_waits_until_tomorrow(review: Review, qtbot: QtBot, clock: ManualClock) -> None:
    review.add("first", "second")
    qtbot.waitUntil(lambda: asked(review) == "first")
    press(review, Qt.Key.Key_B)
    qtbot.waitUntil(lambda: asked(review) == "second")
    qtbot.waitUntil(lambda: bool(review.toasts))
    clock.advance(timedelta(days=2))
    review.place.reload()
    qtbot.waitUntil(lambda: review.place.round.due == 2)


def test_a_card_is_added_with_the_dialog_and_asked(review: Review, qtbot: QtBot) -> None:
    dialog = review.place.ask_to_add()
    form = form_of(dialog)
    dialog.submit()
    assert dialog.isVisible()  # an empty front is not taken
    assert form.fault.isVisible()
    form.front.setPlainText("What does `COUNT(*)` count?")
    form.back.setPlainText("Rows")
    form.deck.set_text("SQL")
    with qtbot.waitSignal(dialog.finished):
        QTest.keyClick(form.back, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: asked(review) == "What does `COUNT(*)` count?")
    assert review.place.header.findChildren(QAbstractButton)


def test_editing_changes_the_words_and_not_the_schedule(review: Review, qtbot: QtBot) -> None:
    review.add("old words")
    qtbot.waitUntil(lambda: asked(review) == "old words")
    before = review.desk.review.cards().result(10)[0].due
    press(review, Qt.Key.Key_E)
    dialog = review.window.findChild(QDialog)
    assert isinstance(dialog, FormDialog)
    form_of(dialog).front.setPlainText("new words")
    dialog.submit()
    qtbot.waitUntil(lambda: asked(review) == "new words")
    assert review.desk.review.cards().result(10)[0].due == before


def test_the_list_finds_cards_by_any_of_their_words(review: Review, qtbot: QtBot) -> None:
    review.add("Which join keeps all rows?", "What is NULL?", back="it depends")
    review.add("Where is the exit?", back="left", deck="Safety")
    review.place.go_to_search()
    model = review.place.list.model_of_cards
    qtbot.waitUntil(lambda: len(model.cards) == 3)
    review.place.search.setText("safety exit")
    assert [card.front for card in model.cards] == ["Where is the exit?"]
    review.place.search.setText("nowhere")
    assert review.place.nothing.isVisible()
    assert "Nothing found for “nowhere”" in texts(review)


def test_deleting_from_the_list_can_be_taken_back(review: Review, qtbot: QtBot) -> None:
    review.add("one", "two")
    review.place.show_view("cards")
    cards = review.place.list
    qtbot.waitUntil(lambda: len(cards.model_of_cards.cards) == 2)
    cards.setCurrentIndex(cards.model_of_cards.index(0))
    QTest.keyClick(cards, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: [card.front for card in cards.model_of_cards.cards] == ["two"])
    review.place.take_back()
    qtbot.waitUntil(lambda: len(cards.model_of_cards.cards) == 2)


def test_another_place_can_show_one_card(review: Review, qtbot: QtBot) -> None:
    review.add("one", "two")
    second = review.desk.review.cards().result(10)[1]
    review.place.activate(card=second.id)
    qtbot.waitUntil(lambda: review.place.list.current_card() == second)


def test_every_control_has_a_name(review: Review, qtbot: QtBot) -> None:
    review.add("front")
    qtbot.waitUntil(lambda: asked(review) == "front")
    press(review, Qt.Key.Key_Space)
    nameless = [
        button
        for button in review.place.findChildren(QAbstractButton)
        if button.isVisible() and not button.accessibleName()
    ]
    assert nameless == []


def test_a_narrow_window_gives_the_card_all_its_room(review: Review, qtbot: QtBot) -> None:
    review.window.resize(948, 644)
    qtbot.waitUntil(lambda: not review.place.side.isVisible())
    review.window.resize(1204, 772)
    qtbot.waitUntil(review.place.side.isVisible)


def form_of(dialog: FormDialog) -> CardForm:
    assert isinstance(dialog.form, CardForm)
    return dialog.form


def texts(review: Review) -> str:
    from PySide6.QtWidgets import QLabel

    return "\n".join(label.text() for label in review.place.findChildren(QLabel) if label.isVisible())
