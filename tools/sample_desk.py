"""Fills a desk with realistic things, for pictures and for trying out. People and company are invented."""

from __future__ import annotations

import argparse
from datetime import datetime, time, timedelta
from pathlib import Path

from studydesk.foundation.paths import DeskPaths
from studydesk.services.desk import Desk
from studydesk.services.library import ResourceState
from studydesk.services.settings import NAME

JOINS = """---
tags: [sql/joins, session-3]
---

# Joins: keep the rows you need

An **inner join** keeps only rows that match on both sides. A **left join** keeps every row of the left
table. Ask first: *which rows must not get lost?* See [[Grain of a table]].

## The churn query, mended

```sql
SELECT c.region,
  COUNT(*) AS customers,
  COUNT(o.id) AS active
FROM customer AS c
LEFT JOIN orders AS o
  ON o.customer_id = c.id
  AND o.month = '2026-02'
GROUP BY c.region;
```

| Region | Customers | Active | Churn |
| ------ | --------: | -----: | ----: |
| North  |     1,204 |  1,167 | 3.1 % |
| South  |       986 |    931 | 5.6 % |
| West   |     1,530 |  1,499 | 2.0 % |

- [x] Try it on January
- [ ] Ask Daniel for the refunds
- [ ] Write down what NULL means here

> The grain changed: one row now stands for an order.

What does LEFT JOIN keep? :: Every row of the left table.
"""

NOTES = (
    (
        "Grain of a table",
        "# Grain of a table\n\nOne row stands for what? Say it aloud before you count.\n\nSee "
        "[[Joins: keep the rows you need]] and [[NULL is not zero]]. #sql\n",
    ),
    (
        "Session 2: grouping",
        "# Session 2: grouping\n\nGROUP BY decides the grain of the answer. WHERE runs before, HAVING after. "
        "[[Joins: keep the rows you need]] came next. #sql #session-2\n",
    ),
    (
        "Questions for Marta",
        "# Questions for Marta\n\nWhy does `COUNT(*)` differ from `COUNT(o.id)` after a left join?\n\n- [ ] ask "
        "on Tuesday\n",
    ),
    (
        "Window functions",
        "# Window functions\n\nA window keeps the rows and adds a look around. #sql/windows\n",
    ),
    ("NULL is not zero", "# NULL is not zero\n\nNULL = NULL is unknown. Use IS NULL, COALESCE. #sql\n"),
    ("My tables at work", "# My tables at work\n\ncustomer, orders, refunds, calendar. Who owns which.\n"),
    (
        "Session 1: first queries",
        "# Session 1: first queries\n\nSELECT, FROM, WHERE, and reading a plan without fear.\n",
    ),
    (
        "Slides that survive the projector",
        "# Slides that survive\n\nOne thought a slide, 24 points or more. #presenting\n",
    ),
)

CARDS = (
    ("What does LEFT JOIN keep?", "Every row of the left table.", "SQL basics"),
    ("Does COUNT(column) count NULL?", "No. COUNT(*) does count the row.", "SQL basics"),
    ("HAVING or WHERE: which runs first?", "WHERE runs before grouping, HAVING after.", "SQL basics"),
    ("Where is the nearest defibrillator?", "Ground floor, beside the lift.", "Safety at work"),
    ("Who is told first after an accident?", "The first-aider of the floor.", "Safety at work"),
)

LINKS = (
    ("https://podcasts.example/numbers-at-work/61", "Why analysts distrust averages", "podcast", "Numbers at Work", 0.46, 4, "statistics"),
    ("https://video.example/joins-drawn-slowly", "Joins, drawn slowly", "video", "Marta Lindqvist", 0.0, 0, "sql/joins"),
    ("https://docs.example/sql-at-work.pdf", "SQL at work: a field guide", "pdf", "K. Adeyemi", 0.19, 5, "sql"),
    ("https://video.example/window-functions", "Window functions in twelve pictures", "video", "Data Kitchen", 0.34, 4, "sql/windows"),
    ("https://notes.analystclub.example/null", "A visual guide to NULL", "article", "analystclub", 1.0, 5, "sql"),
    ("https://books.example/storytelling", "Storytelling with charts", "book", "Ruth Okafor", 0.41, 4, "presenting"),
    ("https://plainspeaker.example/slides", "Slides that survive the projector", "bookmark", "The plain speaker", 1.0, 3, "presenting"),
    ("https://podcasts.example/numbers-at-work/58", "The query that cost a quarter", "podcast", "Numbers at Work", 1.0, 4, "sql"),
    ("https://safety.example/first-aid", "First aid at work, course booklet", "pdf", "Safety office", 0.9, 3, "safety"),
)  # fmt: skip


def fill(desk: Desk) -> None:
    """Put everything into an empty desk. Blocks until it is saved."""
    today = datetime.now().astimezone().date()
    desk.settings.set(NAME, "Inès Moreau").result()
    planner = desk.planner
    sql = planner.add_goal("Query our sales data on my own", today + timedelta(days=218)).result().value
    talk = planner.add_goal("Present data so that people act", today + timedelta(days=111)).result().value
    tasks = (
        ("Watch “Joins, drawn slowly” before the session", 11, sql.id, today, False),
        ("Rewrite the February churn query with a left join", 40, sql.id, today, False),
        ("Read chapter 3 of “SQL at work”, pages 41 to 58", 50, sql.id, today, False),
        ("Ask Daniel for the order table with refunds", 5, None, today - timedelta(days=4), False),
        ("Two slides for the team meeting on Thursday", 60, talk.id, today, False),
        ("Note what I want from today’s session", 15, sql.id, today, True),
        ("Window functions in twelve pictures", 25, sql.id, None, False),
    )
    for title, minutes, goal, day, done in tasks:
        task = planner.add_task(title, due=day, planned=day, minutes=minutes, goal_id=goal).result().value
        if done:
            planner.set_done(task.id).result()
    _sessions(desk, today)
    _notebook(desk)
    for front, back, deck in CARDS:
        desk.review.add_card(front, back, deck=deck).result()
    for url, title, kind, author, progress, rating, tag in LINKS:
        added = desk.library.add_link(url, title, kind=kind, tags=(tag,)).result().value
        state = (
            ResourceState.DONE
            if progress == 1.0
            else ResourceState.DOING
            if progress
            else ResourceState.LATER
        )
        desk.library.update(added.id, author=author, progress=progress, rating=rating, state=state).result()


def _sessions(desk: Desk, today: object) -> None:
    now = datetime.now().astimezone()
    monday = (now - timedelta(days=now.weekday())).date()

    def at(day: int, hour: int, minute: int = 0) -> datetime:
        return datetime.combine(monday + timedelta(days=day), time(hour, minute)).astimezone()

    for title, day, start, end, place, kind, whom in (
        ("SQL exercises 1 to 8", 0, (9, 0), (9, 55), "", "own", ""),
        ("Review", 1, (8, 30), (8, 50), "", "review", ""),
        ("SQL for analysts, session 3: joins", 1, (14, 0), (16, 0), "Room Lyon, 2nd floor", "session", "Marta Lindqvist"),
        ("Read chapter 3", 2, (9, 0), (9, 50), "", "own", ""),
        ("Churn query with refunds", 2, (14, 0), (15, 30), "", "own", "Daniel"),
        ("Two slides for the team meeting", 3, (9, 0), (10, 0), "", "own", ""),
        ("First aid, practice", 3, (15, 0), (17, 0), "Ground floor, hall B", "session", ""),
        ("Look back on the week", 4, (9, 0), (9, 20), "", "own", ""),
    ):  # fmt: skip
        desk.planner.add_session(
            title, at(day, *start), at(day, *end), place=place, kind=kind, with_whom=whom
        ).result()


def _notebook(desk: Desk) -> None:
    book = desk.notebook.new_notebook("SQL training").result().value
    desk.notebook.new_notebook("Presenting").result()
    for title, text in reversed(NOTES):
        desk.notebook.new_note(title, text, book.id).result()
    joins = desk.notebook.new_note("Joins: keep the rows you need", JOINS, book.id).result().value
    desk.notebook.pin(joins.id).result()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("desk", type=Path, help="data directory of an empty desk")
    desk = Desk(DeskPaths(parser.parse_args().desk.absolute()))
    desk.start().result()
    fill(desk)
    desk.close()


if __name__ == "__main__":
    main()
