"""The rows of trainNetwork's and trainnet's tables, number by number, as MATLAB prints them."""

from cnnscript.builtins.training.progress_tables import BoxedTable, PlainTable, number
from cnnscript.engine.training.loop import Moment
from cnnscript.engine.training.metrics import accuracy, root_mean_square
from cnnscript.engine.training.trainees import Measured


def rows(table, *moments):
    """The rows alone, and what follows them."""
    said = []
    table = table(said.append)
    table.begins(None)
    head = len(said)
    for moment in moments:
        table.iteration(moment)
    table.ends("Max epochs completed")
    return said[head:]


def moment(iteration, seconds, rate, loss, metric=(), seen=None, epoch=1, last=False):
    validation = None if seen is None else Measured(seen[0], seen[1:])
    return Moment(epoch, iteration, seconds, rate, Measured(loss, metric), validation, last)


def test_rows_of_classes_have_per_cents_and_four_decimals():
    made = rows(
        lambda say: BoxedTable(say, accuracy(), True, 50),
        moment(1, 3.4, 1e-4, 3.2166, (25.0,), (2.8498, 20.0)),
        moment(2, 3.9, 1e-4, 1.0, (50.0,)),
        moment(50, 3725, 2e-4, 2.94521e-5, (100.0,), epoch=2, last=True),
    )
    assert made[:-2] == [
        "|       1 |           1 |       00:00:03 |       25.00% |       20.00% |       3.2166 |       2.8498 |"
        "      1.0000e-04 |",
        "|       2 |          50 |       01:02:05 |      100.00% |              |   2.9452e-05 |              |"
        "          0.0002 |",
    ]
    assert made[-1] == "Training finished: Max epochs completed."


def test_losses_have_one_decimal_where_the_first_is_large():
    made = rows(
        lambda say: BoxedTable(say, root_mean_square(of_batch=True), False, 50),
        moment(1, 2, 0.001, 1190.72, (48.80,)),
        moment(50, 12, 0.001, 54.81, (10.47,)),
        moment(100, 23, 0.001, 92238.51, (429.51,), epoch=10, last=True),
    )
    assert made[:-2] == [
        "|       1 |           1 |       00:00:02 |        48.80 |       1190.7 |          0.0010 |",
        "|       1 |          50 |       00:00:12 |        10.47 |         54.8 |          0.0010 |",
        "|      10 |         100 |       00:00:23 |       429.51 |      92238.5 |          0.0010 |",
    ]
    small = rows(lambda say: BoxedTable(say, root_mean_square(of_batch=True), False, 50),
                 moment(1, 12, 0.001, 36.4648, (6.04,), last=True))  # fmt: skip
    assert small[0] == "|       1 |           1 |       00:00:12 |         6.04 |      36.4648 |          0.0010 |"


def test_numbers_up_to_a_ten_thousandth_have_an_exponent():
    assert [number(value) for value in (1e-4, 1.00001e-4, -0.0, float("nan"))] == [
        "1.0000e-04", "0.0001", "-0.0000e+00", "NaN"
    ]  # fmt: skip


def test_rows_of_trainnet_have_five_digits_and_no_zeros_at_their_end():
    made = rows(
        lambda say: PlainTable(say, [], True, 50),
        Moment(0, 0, 8, 1e-4, Measured(float("nan")), Measured(4.35661)),
        moment(1, 8, 1e-4, 6.42920),
        moment(50, 5, 0.05 * 0.9, 2765.46, epoch=50),
        moment(600, 46, 0.05 * 0.9**19, 0.06050, epoch=600, last=True),
    )
    assert made == [
        "            0        0       00:00:08       0.0001                            4.3566",
        "            1        1       00:00:08       0.0001          6.4292                  ",
        "           50       50       00:00:05        0.045          2765.5                  ",
        "          600      600       00:00:46    0.0067543          0.0605                  ",
        "Training stopped: Max epochs completed",
    ]
