"""A word broken at the end of a line is scored and found as one; its place is that of the user's file."""

from __future__ import annotations

from pathlib import Path

import evalkit

REFERENCE = (
    "Die Bundesregierung hat am Montag in Berlin einen Entwurf des Haushalts für das kommende Jahr vorgelegt, der "
    "Ausgaben von rund vier Milliarden Euro vorsieht, von denen die Abgeordneten der anderen Partei nichts wissen "
    "wollten, obwohl Verhandlungen im Frühjahr zu diesem Ergebnis gekommen waren.\n"
)
BROKEN = """Die Bundesregierung hat am Montag in Berlin einen Entwurf des Haus-
halts für das kommende Jahr vorgelegt, der Ausgaben von rund vier Mil-
liarden Euro vorsieht, von denen die Abgeordneten der anderen Partei
nichts wissen wollten, obwohl Verhandlungen im Frühjahr zu diesem
Ergebnis gekommen waren.
"""


def test_a_text_with_broken_words_scores_as_the_whole_one(tmp_path: Path) -> None:
    (tmp_path / "r.txt").write_text(REFERENCE, encoding="utf-8")
    (tmp_path / "c.txt").write_text(BROKEN, encoding="utf-8")
    sides = {"c": str(tmp_path / "c.txt")}, str(tmp_path / "r.txt")
    result = evalkit.score(*sides, metrics=["chrf"], lang="de", align="document")
    assert {score.value for score in result.systems[0].scores} == {100.0}
    assert "2 words broken at the end of a line made whole" in " ".join(failure.message for failure in result.failures)
    lines = evalkit.score({"c": str(tmp_path / "c.txt")}, str(tmp_path / "c.txt"), metrics=["chrf"], align="lines")
    assert len(lines.systems[0].units) == 5
    assert not lines.failures


def test_a_text_with_broken_words_is_still_seen_to_be_broken_at_a_width(tmp_path: Path) -> None:
    (tmp_path / "c.txt").write_text(BROKEN, encoding="utf-8")
    (tmp_path / "r.txt").write_text(REFERENCE, encoding="utf-8")
    result = evalkit.score(
        {"c": str(tmp_path / "c.txt")}, str(tmp_path / "r.txt"), metrics=["chrf"], lang="de", align="document"
    )
    assert [unit.link for unit in result.systems[0].units] == ["1-1"]


def test_a_text_quoted_as_in_mail_scores_as_the_text_itself(tmp_path: Path) -> None:
    (tmp_path / "r.txt").write_text(REFERENCE, encoding="utf-8")
    (tmp_path / "c.txt").write_text("".join(f"> {line}\n" for line in BROKEN.splitlines()), encoding="utf-8")
    result = evalkit.score(
        {"c": str(tmp_path / "c.txt")}, str(tmp_path / "r.txt"), metrics=["chrf"], lang="de", align="document"
    )
    assert {score.value for score in result.systems[0].scores} == {100.0}
    assert [unit.link for unit in result.systems[0].units] == ["1-1"]
    said = " ".join(failure.message for failure in result.failures)
    assert "5 lines quoted as in mail" in said
    assert "2 words broken" in said
