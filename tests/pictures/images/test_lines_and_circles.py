import numpy as np
import pytest

from cnnscript.pictures.images import kernels
from cnnscript.pictures.images import lines_and_circles as lines


def test_a_row_votes_for_one_line():
    image = np.zeros((10, 20), bool)
    image[4] = True
    votes, distances = lines.hough(image, np.array([-90.0, 0.0]), 1.0)
    assert votes[:, 0].max() == 20 and distances[votes[:, 0].argmax()] == -4
    assert votes.sum(0).tolist() == [20, 20] and distances[-1] == np.ceil(np.hypot(9, 19))


def test_a_peak_clears_what_is_around_it_and_past_the_last_angle():
    votes = np.zeros((7, 6))
    votes[1, 0], votes[5, 5], votes[3, 3] = 9, 8, 5
    # the last angle is the first one upside down: row 1 of column 0 stands beside row 5 of column 5
    assert lines.hough_peaks(votes, 5, 1, (3, 3), True).tolist() == [[1, 0], [3, 3]]
    assert lines.hough_peaks(votes, 5, 1, (3, 3), False).tolist() == [[1, 0], [5, 5], [3, 3]]


def test_a_gap_cuts_a_line_and_short_pieces_go():
    image = np.zeros((5, 40), bool)
    image[2, :10] = image[2, 20:40] = True
    votes, distances = lines.hough(image, np.array([-90.0]), 1.0)
    peaks = lines.hough_peaks(votes, 1, 1, (1, 1), True)
    ends = [piece[:2] for piece in lines.segments(image, np.array([-90.0]), distances, peaks, 5, 3)]
    assert ends == [((0, 2), (9, 2)), ((20, 2), (39, 2))]
    assert len(lines.segments(image, np.array([-90.0]), distances, peaks, 5, 15)) == 1
    assert len(lines.segments(image, np.array([-90.0]), distances, peaks, 11, 3)) == 1


@pytest.mark.parametrize("bright", [True, False])
def test_two_disks_are_found_where_they_are(bright):
    y, x = np.mgrid[:80, :120]
    image = ((x - 30) ** 2 + (y - 40) ** 2 <= 15**2) | ((x - 85) ** 2 + (y - 35) ** 2 <= 20**2)
    level = kernels.apply(image.astype(float) if bright else 1.0 - image, kernels.gaussian((5, 5), 1.5), "replicate")
    votes = lines.circle_votes(level, 10, 25, bright, None, True)
    centres, _ = lines.circle_centres(votes, 0.85)
    assert sorted(map(tuple, np.round(centres).tolist())) == [(30, 40), (85, 35)]
