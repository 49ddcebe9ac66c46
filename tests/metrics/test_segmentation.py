"""Sentences: nothing lost, nothing cut, in every language."""

import itertools
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.languages import LANGUAGES, guess_language
from metrics.model import Document
from metrics.reading.blocks import find_blocks
from metrics.segmentation import collapse, segment, segment_lines


def document(text: str) -> Document:
    return Document("text", text, "utf-8", find_blocks(text))


def sentences(text: str, code: str = "en") -> list[str]:
    return [s.text for s in segment(document(text), LANGUAGES[code])]


@pytest.mark.parametrize(
    ("code", "first", "second"),
    [
        ("en", "Mr. Hale met Dr. Orr at 9 a.m. on Jan. 3 in St. Ives.", "They talked for an hour."),
        ("en", "The U.S. envoy, J. R. Marsh, paid approx. 3.5 crowns.", "It rained."),
        ("en", "“Is it late?” he asked Mrs. Lind.", "“It is,” she said."),
        ("de", "Dr. Voss kam am 3. März, d. h. im 19. Jahr, z. B. mit ca. 640 Euro.", "Der Rest blieb aus."),
        ("de", "Sie sagt: „Das Seil hält.“", "Dann lacht sie."),
        ("en", "Mr. J. R. Marsh and J.R.R. Orme paid at noon, see sec. 3 of it.", "They left."),
        ("fr", "Il est venu.", "« Bonjour », dit-il."),
        ("fr", "M. Roux et Mme. Petit habitent av. Foch, p. 12.", "Ils sont partis."),
        ("es", "El viaje a EE. UU. fue largo.", "Ayer llegaron."),
        ("es", "El Sr. Ruiz y la Dra. Paz viven en la avda. Mayor.", "Ayer llegaron."),
        ("it", "Il sig. Neri e la dott.ssa Bassi vivono a pag. 9.", "Sono partiti ieri."),
        ("pt", "O Sr. Dias e a Dra. Luz moram na av. Central.", "Chegaram ontem."),
        ("nl", "Dhr. Smit en mevr. Bos wonen o.a. in Delft.", "Ze kwamen gisteren."),
        ("ru", "В 1958 г. на ул. Речной жил проф. Белов с 12 тыс. руб. в кармане.", "Он уехал."),
        ("ru", "Он вернулся в 1912 г.", "На войну его не взяли."),
        ("zh", "老师说：“门会叫，孩子就不敢进来！”", "黑板上有三千多个名字。"),
        ("ja", "船頭は「もう遅い。」と言った。", "川は静かだった。"),
        ("ja", "「声が聞こえる。」", "船頭は笑った。"),
    ],
)
def test_sentences_end_where_a_reader_ends_them(code: str, first: str, second: str) -> None:
    assert sentences(first + ("" if LANGUAGES[code].unspaced else " ") + second, code) == [first, second]


def test_a_stray_full_stop_is_mended_where_the_text_is_written_with_capitals() -> None:
    damaged = "The harbour board. approved the plan – the first to do so. Nobody. objected to the cost."
    assert sentences(f"It was late.\n\n{damaged}") == [
        "It was late.",
        "The harbour board. approved the plan – the first to do so.",
        "Nobody. objected to the cost.",
    ]


def test_a_text_written_without_capitals_keeps_its_sentences() -> None:
    chat = "the boat is late. nobody knows why. we wait.\n\nso we eat. it rains.\n\nstill waiting. no boat."
    assert len(sentences(chat)) == 7


def test_a_stranded_closing_quote_stays_with_its_sentence() -> None:
    assert sentences("He called it “a shared burden”. ” Then he left.") == [
        "He called it “a shared burden”. ”",
        "Then he left.",
    ]


def test_a_german_number_at_the_end_of_a_sentence_ends_it() -> None:
    assert sentences("Es kamen 45. Die anderen blieben.", "de") == ["Es kamen 45.", "Die anderen blieben."]


def test_the_number_of_an_item_stays_with_it() -> None:
    assert sentences("1. Sweep the yard.\n\n2. Feed the geese.") == ["1. Sweep the yard.", "2. Feed the geese."]


def test_hard_wraps_leave_no_trace() -> None:
    assert collapse("a well-\nknown  pilot\r\nsaid") == "a well-known pilot said"
    assert collapse("村里的木匠用旧\n茶箱改的。\n“好。”") == "村里的木匠用旧茶箱改的。“好。”"
    assert collapse("A–\nB and C-\nD") == "A– B and C- D"


def test_a_sentence_never_crosses_a_block() -> None:
    text = "A heading without a full stop\n\nThe sentence below it."
    assert sentences(text) == ["A heading without a full stop", "The sentence below it."]


def test_lines_are_taken_untouched() -> None:
    text = " one. two \r\n\n\x0bthree\x85four\nlast"
    assert [s.text for s in segment_lines(document(text))] == [" one. two ", "", "\x0bthree\x85four", "last"]
    assert [s.text for s in segment_lines(document("a\n\n"))] == ["a", ""]
    assert segment_lines(document("")) == ()


ALPHABET = st.sampled_from("abAB .!?…。！”“\n-1中の,؟\u00ad")


@given(st.text(alphabet=ALPHABET, max_size=200), st.sampled_from(["en", "de", "zh", "ru"]))
def test_segments_index_the_raw_text_and_lose_nothing(text: str, code: str) -> None:
    segments = segment(document(text), LANGUAGES[code])
    assert [s.id for s in segments] == list(range(len(segments)))
    assert all(s.text == collapse(text[s.start : s.end]) for s in segments)
    assert all(a.end <= b.start for a, b in itertools.pairwise(segments))
    covered = {i for s in segments for i in range(s.start, s.end)}
    assert all(text[i].isspace() for i in range(len(text)) if i not in covered)


@given(st.text(alphabet=st.sampled_from("ab \n\r\x0c\x85"), max_size=60))
def test_lines_index_the_raw_text(text: str) -> None:
    segments = segment_lines(document(text))
    assert all(text[s.start : s.end] == s.text for s in segments)
    assert "".join(s.text for s in segments) == text.replace("\r", "").replace("\n", "")


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("en", "The ferry was late and the river was high, so they waited on the bank."),
        ("de", "Die Fähre kam zu spät, und der Fluss war hoch, also warteten sie am Ufer."),
        ("fr", "Le bac était en retard et la rivière était haute, alors ils ont attendu sur la rive."),
        ("es", "El transbordador llegó tarde y el río estaba alto, así que esperaron en la orilla."),
        ("it", "Il traghetto era in ritardo e il fiume era alto, così hanno aspettato sulla riva."),
        ("pt", "A balsa atrasou e o rio estava alto, por isso eles esperaram na margem com as malas."),
        ("nl", "De veerpont was te laat en het water stond hoog, dus ze wachtten op de oever."),
        ("ru", "Паром опоздал, и река была высокой, поэтому они ждали на берегу."),
        ("zh", "渡船来晚了，河水很高，他们只好在岸边等。"),
        ("ja", "渡し船は遅れ、川の水は高かったので、彼らは岸で待った。"),
        ("ko", "나룻배가 늦었고 강물이 높아서 그들은 강가에서 기다렸다."),
        ("ar", "تأخرت العبارة وكان النهر مرتفعا فانتظروا على الضفة."),
        ("und", "1234 5678 – 90"),
        ("und", ""),
    ],
)
def test_the_language_is_guessed_from_script_and_common_words(code: str, text: str) -> None:
    assert guess_language(text).code == code


def test_chinese_and_lines_do_without_nltk() -> None:
    program = (
        "import sys; from metrics.languages import LANGUAGES; from metrics.model import Document, Span;"
        "from metrics.segmentation import segment, segment_lines;"
        "d = Document('t', '好。', 'utf-8', (Span(0, 2),)); segment(d, LANGUAGES['zh']); segment_lines(d);"
        "sys.exit('nltk' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
