"""Paired tests, held against sacreBLEU's own."""

import random
from collections.abc import Sequence

import pytest
from sacrebleu.metrics import BLEU, CHRF, TER
from sacrebleu.significance import PairedTest

from metrics.languages import language_named
from metrics.model import Settings
from metrics.scoring import Scorer
from metrics.significance import Statistics, paired_test, without_test

WORDS = "the a boat harbour mayor said that new quay and wall was opened on Monday by council with money"
NAMES = {"BLEU": "BLEU", "chrF": "chrF2", "chrF++": "chrF2++", "TER": "TER"}


def texts(count: int, *shares: float, seed: int = 7) -> tuple[list[str], ...]:
    """`count` references, then for each of `shares` candidates in which such a share of words is another."""
    draw, words = random.Random(seed), WORDS.split()
    references = [[draw.choice(words) for _ in range(draw.randint(4, 25))] for _ in range(count)]
    candidates = [
        [[draw.choice(words) if draw.random() < share else word for word in line] for line in references]
        for share in shares
    ]
    return tuple([" ".join(line) for line in side] for side in (references, *candidates))


def statistics(
    references: Sequence[str], *sides: Sequence[str], metrics: tuple[str, ...] = tuple(NAMES)
) -> tuple[Scorer, list[list[Statistics]]]:
    scorer = Scorer(Settings(metrics=metrics), language_named("en"))
    return scorer, [list(scorer.statistics(list(zip(side, references, strict=True)))) for side in sides]


@pytest.mark.parametrize(("test", "number", "within"), [("bs", 300, 1e-12), ("ar", 1000, 0.05)])
@pytest.mark.parametrize("shares", [(0.3, 0.33), (0.3, 0.45)])
def test_figures_are_those_of_sacrebleu(
    monkeypatch: pytest.MonkeyPatch, test: str, number: int, within: float, shares: tuple[float, float]
) -> None:
    monkeypatch.setenv("SACREBLEU_SEED", "12345")
    references, before, after = texts(60, *shares)
    theirs = PairedTest(
        [("before", before), ("after", after)],
        {"BLEU": BLEU(), "chrF": CHRF(), "chrF++": CHRF(word_order=2), "TER": TER()},
        [references],
        test_type=test,
        n_samples=number,
    )()[1]
    scorer, (was, now) = statistics(references, before, after)
    ours = paired_test(was, now, scorer, resamples=number, trials=number if test == "ar" else 0)
    for name, theirs_named in NAMES.items():
        old, new = theirs[theirs_named]
        assert ours[name].before == pytest.approx(old.score)  # type: ignore[union-attr]
        assert ours[name].after == pytest.approx(new.score)  # type: ignore[union-attr]
        assert ours[name].p_value == pytest.approx(new.p_value, abs=within)  # type: ignore[union-attr]


def test_a_clear_difference_is_told_from_chance_and_none_is_not() -> None:
    references, before, alike, worse = texts(200, 0.3, 0.3, 0.5)
    scorer, (was, same, bad) = statistics(references, before, alike, worse, metrics=("chrF",))
    for trials in (0, 500):
        clear = paired_test(was, bad, scorer, resamples=300, trials=trials)["chrF"]
        chance = paired_test(was, same, scorer, resamples=300, trials=trials)["chrF"]
        assert clear.p_value is not None
        assert clear.p_value < 0.01
        assert clear.interval is not None
        assert clear.interval[0] < clear.difference < clear.interval[1] < 0
        assert chance.interval is not None
        assert chance.interval[0] < 0 < chance.interval[1]
        assert chance.p_value is not None
        assert chance.p_value > 0.05


def test_the_smallest_drop_to_be_shown_shrinks_as_the_sample_grows() -> None:
    detectable = []
    for count in (50, 800):
        references, before, after = texts(count, 0.3, 0.35)
        scorer, (was, now) = statistics(references, before, after, metrics=("chrF",))
        found = paired_test(was, now, scorer, resamples=400)["chrF"]
        assert found.detectable is not None
        assert found.error is not None
        assert found.detectable == pytest.approx(2.8016 * found.error, rel=1e-3)
        detectable.append(found.detectable)
    # The standard error goes with the root of the sample: sixteen times as many, a quarter.
    assert detectable[1] == pytest.approx(detectable[0] / 4, rel=0.4)


def test_the_same_texts_do_not_differ() -> None:
    references, before = texts(40, 0.3)
    scorer, (was,) = statistics(references, before, metrics=("BLEU",))
    found = paired_test(was, was, scorer, resamples=100)["BLEU"]
    assert (found.difference, found.interval, found.p_value, found.detectable) == (0, (0, 0), 1, None)


def test_the_interval_of_what_a_single_passage_makes_holds_no_difference() -> None:
    references, before, after = texts(60, 0.3, 0.9)
    scorer, (was, now) = statistics(references, before, [*before[:59], after[59]], metrics=("chrF",))
    for trials in (0, 300):
        found = paired_test(was, now, scorer, resamples=300, trials=trials)["chrF"]
        assert found.difference < -0.1
        assert found.interval is not None
        assert found.interval[1] == 0


def test_a_seed_decides_the_draws() -> None:
    references, before, after = texts(40, 0.3, 0.35)
    scorer, (was, now) = statistics(references, before, after, metrics=("chrF",))
    found = [paired_test(was, now, scorer, resamples=150, seed=seed)["chrF"].interval for seed in (1, 1, 2)]
    assert found[0] == found[1] != found[2]


def test_small_samples_have_scores_alone_and_unequal_ones_none() -> None:
    references, before, after = texts(5, 0.3, 0.35)
    scorer, (was, now) = statistics(references, before, after, metrics=("chrF",))
    found = without_test(was, now, scorer)["chrF"]
    assert (found.p_value, found.interval, found.units) == (None, None, 5)
    assert found.after == scorer.corpus(now)["chrF"].value
    with pytest.raises(ValueError, match="cannot be paired"):
        paired_test(was, now[1:], scorer)
