from evalkit_notes_reader import NoteMaxLength, NotesReader

from evalkit.testing import check_detector, check_plugin


def test_reader(tmp_path):
    sample = tmp_path / "a.notes"
    sample.write_text("ok | Gut | Fine | max=4\nx | Nein | No | \n", encoding="utf-8")
    check_plugin(NotesReader(), sample=sample)


def test_detector():
    check_plugin(NoteMaxLength(), examples=False)  # the limit of the example stands in a note
    check_detector(NoteMaxLength(usual=10), clean=["Short."])
