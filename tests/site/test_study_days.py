"""What is due when: days that begin at four, steps over that hour, the order of cards."""

from collections.abc import Iterator
from typing import Any

import pytest
from learner_scripts import scripts
from playwright.sync_api import Browser, Page

MINUTE, HOUR, DAY = 60, 3_600, 86_400
TEN = "2026-12-01T10:00:00+01:00"


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Page]:
    """Return a page with the scripts that count days, in the Netherlands."""
    names = ("memory", "schedule", "progress", "queue", "store", "spans")
    with scripts(browser, *names, zone="Europe/Amsterdam") as page:
        yield page


# Moments, the day that they belong to, and the whole hours that are left of it.
MOMENTS = [
    ("2026-12-01T03:59:59+01:00", "2026-11-30", 0),
    ("2026-12-01T04:00:00+01:00", "2026-12-01", 24),
    ("2026-12-01T23:00:00+01:00", "2026-12-01", 5),
    ("2026-03-29T03:30:00+02:00", "2026-03-28", 0),  # half an hour after the clock went on
    ("2026-03-28T04:00:00+01:00", "2026-03-28", 23),
    ("2026-10-24T04:00:00+02:00", "2026-10-24", 25),  # the clock goes back at three
    ("2026-10-25T04:00:00+01:00", "2026-10-25", 24),
]


@pytest.mark.parametrize(("moment", "day", "hours"), MOMENTS)
def test_a_day_begins_at_four(page: Page, moment: str, day: str, hours: int) -> None:
    """Also in the nights in which the clock is changed."""
    counted, end = page.evaluate("a => [dayOf(Date.parse(a)), nextDayAt(Date.parse(a))]", moment)
    assert counted == page.evaluate("day => Date.parse(day) / 864e5", day)
    left = end - page.evaluate("moment => Date.parse(moment)", moment)
    assert left // (HOUR * 1000) == hours


def due(page: Page, moment: str, **state: Any) -> Any:
    """Return seconds or days until a state is due that an answer at a moment leads to."""
    return page.evaluate(
        """([moment, state]) => {
          const at = Date.parse(moment);
          const made = dueAfter({ seconds: null, days: 0, ...state }, at, dayOf(at));
          return made.at === null ? `${made.day - dayOf(at)} d` : (made.at - at) / 1000;
        }""",
        [moment, state],
    )


def test_a_step_over_the_end_of_the_day_comes_the_next_day(page: Page) -> None:
    """As Anki says: what would come at four or later is of the next day."""
    assert due(page, TEN, seconds=600) == 600
    assert due(page, "2026-12-01T03:55:00+01:00", seconds=299) == 299
    assert due(page, "2026-12-01T03:55:00+01:00", seconds=300) == "1 d"
    assert due(page, "2026-12-01T03:55:00+01:00", seconds=300 + DAY) == "2 d"
    assert due(page, TEN, days=8) == "8 d"


def test_what_was_undone_anywhere_is_undone(page: Page) -> None:
    """In whichever order two stores, or a store and a file, are read."""
    merged = """first => {
      const found = new Map();
      for (const undone of [first, !first]) merge(found, { id: "a", undone: undone || undefined });
      return found.get("a").undone;
    }"""
    assert [page.evaluate(merged, first) for first in (True, False)] == [True, True]


@pytest.mark.parametrize(
    ("seconds", "short", "long"),
    [
        (60, "1 min", "1 minuut"),
        (330, "6 min", "6 minuten"),
        (5_400, "1,5 uur", "1,5 uur"),
        (DAY, "1 dag", "1 dag"),
        (30 * DAY, "30 dagen", "30 dagen"),
        (45 * DAY, "1,5 mnd", "1,5 maanden"),
        (547 * DAY, "1,5 jr", "1,5 jaar"),
    ],
)
def test_how_long_until_a_card_comes_back(page: Page, seconds: int, short: str, long: str) -> None:
    """In the units in which Anki says it, and as a word to be read aloud."""
    made = page.evaluate("s => ['short', 'long'].map((width) => spanText(s, width, 'nl'))", seconds)
    assert made == [short, long]


CARDS = [
    {"guid": name, "note": name, "card": card, "part": part, "asks": asks}
    for name, card, part, asks in (("a", 1, 0, 0), ("a", 2, 0, 0), ("b", 1, 1, 3), ("c", 1, 1, 0))
]


def todo(page: Page, *answers: tuple[str, int, int, str, int], **settings: Any) -> dict[str, Any]:
    """Return the agenda at ten, after answers: guid, number, rating, moment, release."""
    made: dict[str, Any] = page.evaluate(
        """([cards, given, settings, now]) => {
          const answers = given.map(([guid, card, rating, moment, release], index) => {
            const at = Date.parse(moment);
            return { id: `${index}`, guid, note: guid, card, rating, at, day: dayOf(at), release };
          });
          const progress = progressOf(cards, answers);
          const made = agenda(progress, settings, Date.parse(now));
          return { ...made, next: made.next && keyOf(made.next.card) };
        }""",
        [
            CARDS,
            answers,
            {"part": None, "perDay": 5, "extra": {"day": 0, "count": 0}, **settings},
            TEN,
        ],
    )
    return made


def test_what_comes_first(page: Page) -> None:
    """A step that is due, then what has another meaning, then reviews, then what is new."""
    step = ("c", 1, 1, "2026-12-01T09:58:00+01:00", 3)
    before = ("b", 1, 4, "2026-11-01T10:00:00+01:00", 2)
    review = ("a", 1, 4, "2026-11-01T10:00:00+01:00", 2)
    assert todo(page, step, before, review)["next"] == "c/1"
    assert todo(page, before, review)["next"] == "b/1"
    assert todo(page, review)["next"] == "a/1"
    assert todo(page)["next"] == "a/1"
    assert todo(page, part=1)["next"] == "b/1"


def test_a_step_comes_early_only_where_nothing_else_is_left(page: Page) -> None:
    """And not by more than twenty minutes."""
    step = ("c", 1, 3, "2026-12-01T09:59:00+01:00", 3)
    made = todo(page, step)
    assert (made["next"], made["fresh"], made["due"]) == ("a/1", 2, 1)
    assert todo(page, step, perDay=0)["next"] == "c/1"
    assert todo(page, step, perDay=1)["next"] == "c/1"


def test_answers_to_another_question_do_not_count(page: Page) -> None:
    """Nor does the card count as one of the new cards of a day."""
    before = ("b", 1, 4, "2026-12-01T09:00:00+01:00", 2)
    after = ("b", 1, 4, "2026-12-01T09:30:00+01:00", 3)
    made = todo(page, before, perDay=1)
    assert (made["next"], made["fresh"], made["due"]) == ("b/1", 1, 1)
    made = todo(page, before, after, perDay=1)
    assert (made["next"], made["fresh"], made["due"]) == ("a/1", 1, 0)
    assert made["coming"] == {"days": 8, "count": 1}


def test_new_cards_of_yesterday_do_not_count_today(page: Page) -> None:
    """More new cards are for the day on which they were asked for."""
    late = ("c", 1, 4, "2026-12-01T03:30:00+01:00", 3)
    assert todo(page, late, perDay=1)["fresh"] == 1
    assert todo(page, perDay=0, extra={"day": 20_788, "count": 2})["fresh"] == 2
    assert todo(page, perDay=0, extra={"day": 20_787, "count": 2})["fresh"] == 0
