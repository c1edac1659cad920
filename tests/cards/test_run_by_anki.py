"""What a gap could make Anki play, read aloud or run: refused, or harmless in the real engine."""

from pathlib import Path

import pytest
from author import Author

from deckwright.anki.learner import learner

REFUSED = {
    'image-occlusion:rect:left=" autofocus tabindex=0 onfocus="alert(1)': "cloze-occlusion",
    "image-occlusion:": "cloze-occlusion",
    r"image\-occlusion:rect": "cloze-occlusion",
    "image&#45;occlusion:rect": "cloze-occlusion",
    "een gat::sound:geheim.mp3": "media-outside",
    'een gat::sound:x" onerror="alert(1)': "media-outside",
    "een::latex}} \\input{/etc/passwd} {{c1::twee::/latex": "html-not-allowed",
    "een::$}} x {{c1::twee::/$": "html-not-allowed",
    "een::$$}} x {{c1::twee::/$$": "html-not-allowed",
    "een::anki:tts lang=nl_NL}} tekst {{c1::twee::/anki:tts": "html-not-allowed",
    "een::ANKI:TTS lang=nl_NL": "html-not-allowed",
    r"een::so\und:x.mp3": "",  # no escape: the backslash stays
    r"een::\sound:x.mp3": "",
    r"een::&#115;ound:x.mp3": "media-outside",
    r"een::la**te**x": "",
    "[type:Antwoord]": "",
    "een::[type:Antwoord]": "html-not-allowed",
    "een}} en `{{c0001::image-occlusion:rect": "cloze-occlusion",
    "een}} en {&#123;c1::image-occlusion:rect": "html-not-allowed",
    "Image-occlusion:rect": "",
    " image-occlusion:rect": "",
    "een::het beeld van image-occlusion:rect": "",
}


@pytest.mark.parametrize("gap", REFUSED)
def test_a_gap_runs_nothing(tmp_path: Path, gap: str) -> None:
    """Each is refused, or neither side of its card plays, speaks, or has a shape or LaTeX."""
    note = {"id": "een", "cloze": f"Dit is {{{{c1::{gap}}}}} midden in een lange zin hier."}
    author = Author(tmp_path, [note])
    plan = author.plan()
    codes = {problem.code for problem in plan.problems if problem.level == "error"}
    assert codes == {REFUSED[gap]} - {""}
    if plan.ready:
        made = author.releases()
        with learner(tmp_path / "anki") as anki:
            anki.imports(made.package)
            (noted,) = anki.notes().values()
            output = noted.cards()[0].render_output()
            assert not output.question_av_tags
            assert not output.answer_av_tags
            assert "data-shape" not in output.question_text + output.answer_text
            assert "latex" not in output.question_text + output.answer_text
