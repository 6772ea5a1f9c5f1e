"""What simpler graders reach on the same documents and folds.

Each gives every document a number per criterion from models fitted without its fold; the numbers become levels
by cut points of the training folds. Documents are taken as they come: none is called not scorable.
"""

from collections.abc import Callable, Iterator

import numpy as np

from benchmarks.validity.agreement_figures import mean_kappa, pearson, scores
from benchmarks.validity.collection import Collection, Floats, Ints
from benchmarks.validity.heads import head_probabilities
from benchmarks.validity.matching import matched_levels
from benchmarks.validity.tables import Table, number
from grader.scoring.by_example import Anchors
from training.crossval import cross_validated
from training.fit import pooled

ALPHAS = tuple(np.logspace(-1, 4, 11))
"""Penalties that every ridge chooses from, inside the fold."""


def length_only(collection: Collection) -> Ints:
    """The logarithm of the number of words."""
    predicted = np.repeat(np.log(collection.words)[:, None], len(collection.criteria), axis=1)
    return matched_levels(predicted, collection.reference, collection.folds)


def keyword_counts(collection: Collection) -> Ints:
    """How often the criterion's own terms occur."""
    return matched_levels(term_counts(collection), collection.reference, collection.folds)


def keyword_ridge(collection: Collection) -> Ints:
    """Ridge on the counts of all criteria's terms."""
    return _ridge(collection, lambda train: np.log1p(term_counts(collection)))


def tfidf_ridge(collection: Collection) -> Ints:
    """Ridge on TF-IDF of words and word pairs."""
    from sklearn.feature_extraction.text import TfidfVectorizer

    texts = [_text(collection, i) for i in range(len(collection.documents))]

    def features(train: Ints) -> Floats:
        vectorizer = TfidfVectorizer(min_df=2, sublinear_tf=True, ngram_range=(1, 2))
        vectorizer.fit([texts[i] for i in train])
        matrix: Floats = vectorizer.transform(texts).toarray()
        return matrix

    return _ridge(collection, features, standardise=False)


def mean_vector_ridge(collection: Collection) -> Ints:
    """Ridge on the mean sentence vector, keyword counts and length."""
    vectors = [collection.encode([p.text for p in d.passages]).mean(axis=0) for d in collection.documents]
    columns = np.column_stack(
        [np.stack(vectors), np.log1p(term_counts(collection)), np.log(collection.words)]
    )
    return _ridge(collection, lambda train: columns)


def zero_shot(collection: Collection) -> Ints:
    """Highest cosine of a passage to the criterion's text."""
    anchors = [Anchors(criterion, collection.encode).text for criterion in collection.rubric.criteria]
    predicted = [
        (collection.encode([p.text for p in d.passages]) @ np.stack(anchors).T).max(axis=0)
        for d in collection.documents
    ]
    return matched_levels(np.array(predicted), collection.reference, collection.folds)


def frozen_heads(collection: Collection) -> Ints:
    """A learned head per criterion and level on frozen vectors; passages combined as in the program."""
    documents = collection.documents
    vectors = [collection.encode([p.text for p in d.passages]) for d in documents]
    reached = [(d.marks[:, :, None] >= np.arange(1, 5)).reshape(len(d.marks), -1) for d in documents]
    found: list[Floats] = [np.zeros(0)] * len(documents)
    for train, test in collection.folds:
        judged = head_probabilities(
            np.concatenate([vectors[i] for i in train]), np.concatenate([reached[i] for i in train]),
            np.concatenate([vectors[i] for i in test]),
        )  # fmt: skip
        ends = np.cumsum([len(vectors[i]) for i in test])[:-1]
        for i, part in zip(test, np.split(judged, ends), strict=True):
            found[i] = np.minimum.accumulate(part.reshape(len(part), -1, 4), axis=2)
    return cross_validated(documents, pooled(found), collection.criteria).level


BASELINES: dict[str, Callable[[Collection], Ints]] = {
    "length only": length_only,
    "keyword counts, own terms": keyword_counts,
    "keyword counts, ridge": keyword_ridge,
    "TF-IDF ridge": tfidf_ridge,
    "mean MiniLM + keyword counts + length, ridge": mean_vector_ridge,
    "zero-shot cosine to the criterion's text": zero_shot,
    "learned head on frozen MiniLM passages": frozen_heads,
}


def baseline_table(collection: Collection, levels: Ints, baselines: dict[str, Ints]) -> Table:
    """Every baseline beside the grader."""
    rows = list(_rows(collection, {"grader": levels, **baselines}))
    return Table(
        title="Baselines",
        note="Same documents, same folds, everything fitted inside the fold.",
        header=("", "QWK core", "QWK extension", "criteria under 0.60", "r of the total"),
        rows=tuple(rows),
    )


def _rows(collection: Collection, graders: dict[str, Ints]) -> Iterator[tuple[str, ...]]:
    readers = scores(collection.rubric, collection.reference)[:, -1]
    for name, levels in graders.items():
        each = [mean_kappa(collection, levels, np.arange(len(collection.criteria)) == i)
                for i in np.flatnonzero(collection.core)]  # fmt: skip
        yield (
            name, number(mean_kappa(collection, levels, collection.core)),
            number(mean_kappa(collection, levels, ~collection.core)), str(sum(k < 0.6 for k in each)),
            number(pearson(readers, scores(collection.rubric, levels)[:, -1])),
        )  # fmt: skip


def term_counts(collection: Collection) -> Floats:
    """(n_documents, n_criteria) hits of each criterion's terms."""
    patterns = [Anchors(criterion, collection.encode).terms for criterion in collection.rubric.criteria]
    texts = [_text(collection, i) for i in range(len(collection.documents))]
    return np.array(
        [[len(p.findall(text)) if p else 0 for p in patterns] for text in texts], dtype=np.float64
    )


def _text(collection: Collection, document: int) -> str:
    passages = collection.documents[document].passages
    headings = dict.fromkeys(passage.context for passage in passages)
    return "\n".join([*headings, *(passage.text for passage in passages)])


def _ridge(collection: Collection, features: Callable[[Ints], Floats], standardise: bool = True) -> Ints:
    from sklearn.linear_model import RidgeCV
    from sklearn.preprocessing import StandardScaler

    predicted = np.zeros(collection.reference.shape)
    for train, test in collection.folds:
        columns = features(train)
        if standardise:
            columns = StandardScaler().fit(columns[train]).transform(columns)
        model = RidgeCV(alphas=ALPHAS, alpha_per_target=True).fit(columns[train], collection.reference[train])
        predicted[test] = model.predict(columns[test])
    return matched_levels(predicted, collection.reference, collection.folds)
