"""Does a map agree with the network?  Sufficiency and comprehensiveness (ERASER, DeYoung et al., arXiv:1911.03429), the
smallest part that keeps the class (Fong and Vedaldi, arXiv:1704.03296), completeness (arXiv:1703.01365).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from cnnscript.explain.perturbation import USUAL, Computing, MaskedQuestion
from cnnscript.explain.pixel_order import kept_scores, ranks, step_counts

CONSISTENT, WEAK, CONTRADICTS = "consistent", "weak", "contradicts"


@dataclass(frozen=True)
class Verification:
    """What the network says of parts of the image.  Classes are 0-based, scores those of the class explained.

    keep_score, keep_class  only the highest pixels of the map are seen
    drop_score, drop_class  they alone are not
    smallest                the smallest share of the pixels, highest first, that makes the network say the class
    completeness            |Σ map - (score - score of the baseline)| over |score - score of the baseline|
    """

    label: int
    score: float
    keep_score: float
    keep_class: int
    drop_score: float
    drop_class: int
    smallest: float
    completeness: float

    @property
    def kept(self) -> bool:
        return self.keep_class == self.label

    @property
    def changed(self) -> bool:
        return self.drop_class != self.label

    @property
    def verdict(self) -> str:
        """Consistent: the highest pixels are enough for the class, and it does not come about without them.
        Contradicts: neither; the rest alone serves the class better.  Weak: anything between."""
        if self.kept and self.changed:
            return CONSISTENT
        if not self.kept and not self.changed:
            return CONTRADICTS
        return WEAK


def verify(question: MaskedQuestion, map: np.ndarray, label: int | None = None, share: float = 0.2, steps: int = 50,
           computing: Computing = USUAL) -> Verification:  # fmt: skip
    """Ask for the class (None: the one that the network says) with the highest `share` of the map and without it.

    question  of all classes; its baseline stands where pixels are not seen
    """
    pixels = map.size
    top = max(1, round(share * pixels))
    counts = step_counts(pixels, steps)
    spans = [(0, pixels), (0, 0), (0, top), (top, pixels), *((0, count) for count in counts[1:])]
    scores = kept_scores(question, ranks(map), spans, computing)
    said = scores.argmax(axis=1)
    label = int(said[0]) if label is None else label
    whole, nothing, keep, drop = (float(score) for score in scores[:4, label])
    enough = np.flatnonzero(said[4:] == label)
    return Verification(
        label=label,
        score=whole,
        keep_score=keep,
        keep_class=int(said[2]),
        drop_score=drop,
        drop_class=int(said[3]),
        smallest=float(counts[1 + enough[0]] / pixels) if len(enough) else float("nan"),
        completeness=abs(float(map.sum()) - (whole - nothing)) / max(abs(whole - nothing), 1e-12),
    )
