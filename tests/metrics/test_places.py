"""Places: what stands where in a passage's text stands there in the raw text, too."""

from hypothesis import given
from hypothesis import strategies as st

from metrics.model import Document, Settings, Span
from metrics.places import Places
from metrics.reading.blocks import find_blocks
from metrics.review import review_documents, run

WORDS = st.lists(
    st.sampled_from(["boat", "bank.", "16", "“It", "is”,", "die-", "中文。", "\n", "\n\n", "  "]), max_size=30
)


@given(WORDS, st.data())
def test_there_and_back(parts: list[str], data: st.DataObject) -> None:
    text = " ".join(parts)
    document = Document("c", text, "utf-8", find_blocks(text))
    review = run(review_documents(document, document, Settings(metrics=())))
    for passage in review.passages:
        excerpt = passage.candidate
        if not excerpt.text:
            continue
        places = Places(review.candidate, review.candidate_segments, excerpt)
        start = data.draw(st.integers(0, len(excerpt.text) - 1))
        end = data.draw(st.integers(start + 1, len(excerpt.text)))
        words = excerpt.text[start:end]
        if not words.strip():
            continue
        raw = places.raw(Span(start, end))
        assert "".join(text[raw.start : raw.end].split()) == "".join(words.split())
        assert excerpt.text[slice(*places.text(raw))] == words.strip()


def test_what_lies_outside_has_no_place() -> None:
    text = "The boat came in.\n\nThe bank was wet.\n"
    document = Document("c", text, "utf-8", find_blocks(text))
    review = run(review_documents(document, document, Settings(metrics=())))
    places = Places(review.candidate, review.candidate_segments, review.passages[1].candidate)
    assert places.text(Span(0, 5)) == Span(0, 0)
    assert places.text(Span(0, len(text))) == Span(0, len("The bank was wet."))
