"""What each piece of evidence weighs, in natural log-odds of furniture against text.

Fitted on 71 public news pages (scrapinghub's article-extraction-benchmark) as a linear-chain conditional
random field (Lafferty et al. 2001) under softmax-margin (Gimpel and Smith 2010), where a mistake costs by
its words, together with copies of the pages that had links taken away at random, so that real text without
a counterpart stays text. Fixed beforehand: the signs, no price where nothing is linked, so that each line is
judged for itself there, and, being rare in the pages, priors for "bracketed", "title", "repeated",
"credit", "rights", "reporting" and "dateline".
"""

from metrics.furniture.gaps import Place

#: Before any evidence.
PLACES: dict[Place, float] = {
    Place.BEFORE: 0.6,
    Place.BETWEEN: 0.7,
    Place.AFTER: 0.7,
    Place.ALONE: -0.1,
}

#: The price of a turn from text to furniture or back.
TURNS: dict[Place, float] = {
    Place.BEFORE: -1.9,
    Place.BETWEEN: -1.0,
    Place.AFTER: -2.0,
    Place.ALONE: 0.0,
}

#: The price of a turn inside one line of the file, on top.
JOINED = -5.3

EVIDENCE: dict[str, float] = {
    # of furniture
    "wording": 1.7,
    "opening": 1.8,
    "notice": 3.2,
    "reporting": 2.7,
    "credit": 1.8,
    "before credit": 3.3,
    "after credit": 1.1,
    "rights": 2.7,
    "date": 1.3,
    "label": 1.6,
    "headline": 1.5,
    "capitals": 0.6,
    "bracketed": 4.5,
    "title": 1.8,
    "repeated": 2.5,
    "line beyond": 0.7,
    "sentence beyond": 3.3,
    # of text
    "sentence": -0.7,
    "length": -2.0,
    "dateline": -3.1,
    "function words": -0.7,
    "colon": -2.1,
    "topic": -1.5,
    "beside linked": -2.5,
}
