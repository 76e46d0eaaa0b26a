"""Kept outputs: bounded, found by content, gone with their version."""

import numpy as np

from cnnscript.engine.kept_outputs import KeptOutputs, content


def test_kept_outputs_stay_below_their_cap_and_the_oldest_go_first(tf):
    kept = KeptOutputs(1000)
    outputs = {i: {0: tf.zeros((100,))} for i in range(3)}
    for i in range(2):
        kept.add((0, i), outputs[i])
    assert kept.bytes == 800
    assert kept.take((0, 0))
    kept.add((0, 2), outputs[2])
    assert kept.bytes == 800
    assert not kept.take((0, 1))
    assert kept.take((0, 0))
    kept.add((0, 3), {0: tf.zeros((300,))})
    assert not kept.take((0, 3))  # larger than everything
    kept.add((1, 0), outputs[0])
    assert (kept.bytes, len(kept)) == (400, 1)  # a new version empties it


def test_outputs_of_one_image_add_up_and_a_tensor_handed_on_counts_once(tf):
    kept = KeptOutputs(1000)
    one, other = tf.zeros((100,)), tf.zeros((50,))
    kept.add((0, "image"), {0: one, 1: one})
    assert kept.bytes == 400
    kept.add((0, "image"), {2: other})
    assert kept.bytes == 600
    assert set(kept.take((0, "image"))) == {0, 1, 2}


def test_content_knows_images_by_their_numbers_and_class_whatever_their_layout():
    rows = np.random.default_rng(0).integers(0, 256, (1, 4, 5, 3)).astype(np.uint8)
    columns = np.asfortranarray(rows[0])[None]
    assert content(rows) == content(columns)
    assert content(rows) != content(rows.astype(np.float32))
    assert content(rows) != content(rows[:, ::-1])
