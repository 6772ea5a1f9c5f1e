import numpy as np
import pytest
import torch

from grader.scoring.combine import pool
from training.documents import Pooling, WholeDocument, quotes_loss

N_PASSAGES, N_CRITERIA = 13, 2


def whole_document(seed: int = 0, level: int = 2) -> WholeDocument:
    probabilities = np.random.default_rng(seed).random((N_PASSAGES, N_CRITERIA, 4))
    probabilities = np.minimum.accumulate(probabilities, axis=-1)
    counted = torch.ones(N_PASSAGES, 4)
    counted[0, 1:] = 0  # a mention at most
    return WholeDocument(
        pairs=[],
        targets=torch.zeros(N_PASSAGES, N_CRITERIA, 4),
        counted=counted,
        levels=(torch.arange(1, 5) <= level).float().expand(N_CRITERIA, 4),
        quoted=torch.zeros(N_PASSAGES, N_CRITERIA, dtype=torch.bool),
        probabilities=torch.tensor(probabilities, dtype=torch.float32),
    )


def test_passages_are_pooled_as_in_grading() -> None:
    document = whole_document()
    pooling = Pooling(N_CRITERIA)
    capped = document.probabilities.numpy().astype(np.float64) * document.counted.numpy()[:, None]
    pooled = torch.tensor(np.stack([pool(capped[:, c]) for c in range(N_CRITERIA)]))
    logits = pooling.slopes * torch.logit(pooled.clamp(1e-5, 1 - 1e-5))
    expected = torch.nn.functional.binary_cross_entropy_with_logits(
        logits, document.levels.double(), reduction="sum"
    )
    assert pooling.loss(document.probabilities, document).item() == pytest.approx(expected.item(), rel=1e-4)


def test_what_a_reading_rule_keeps_from_a_level_gets_no_gradient_there() -> None:
    document = whole_document()
    probabilities = document.probabilities.clone().requires_grad_()
    Pooling(N_CRITERIA).loss(probabilities, document).backward()  # type: ignore[no-untyped-call]
    assert probabilities.grad is not None
    assert not probabilities.grad[0, :, 1:].any()
    assert probabilities.grad.any()


def test_fitting_the_pooling_lowers_its_loss() -> None:
    documents = [whole_document(seed, level) for seed, level in enumerate((0, 1, 3, 4))]
    pooling = Pooling(N_CRITERIA)

    def loss() -> float:
        return sum(pooling.loss(document.probabilities, document).item() for document in documents)

    before = loss()
    pooling.fit(documents)
    assert loss() < 0.9 * before


def test_the_loss_of_quotes_falls_when_quoted_passages_rank_first() -> None:
    quoted = torch.tensor([[True, False], [False, False], [False, False]])
    first, last = torch.zeros(3, 2, 4), torch.zeros(3, 2, 4)
    first[0, 0], last[2, 0] = 2.0, 2.0
    assert float(quotes_loss(first, quoted)) < 0.01
    assert float(quotes_loss(last, quoted)) > 1
    last[1, 1] = 9.0  # a criterion without quotes
    assert float(quotes_loss(last, quoted)) == pytest.approx(float(quotes_loss(last[:, :1], quoted[:, :1])))


def test_nothing_quoted_is_no_loss() -> None:
    assert float(quotes_loss(torch.ones(3, 2, 4), torch.zeros(3, 2, dtype=torch.bool))) == 0
