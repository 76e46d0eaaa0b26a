"""The methods that mask images, with every shape of Keras model: what model.predict says of images masked by hand."""

import io

import numpy as np
import pytest

from cnnscript.session import Session
from tests.builtins.networks.test_keras_imports import SHAPES, models  # noqa: F401  a fixture


@pytest.fixture
def asked(models, request):  # noqa: F811
    """A session with one of the models and a picture, and what the model says of images 8×8×3."""
    model = models[request.param]
    session = Session(out=io.StringIO())
    session["net"] = model
    session["X"] = image = np.random.default_rng(0).uniform(0, 2, (8, 8, 3)).astype(np.float32)
    return session, image, lambda images: model.predict(np.stack(images), verbose=0)


@pytest.mark.parametrize("asked", SHAPES, indirect=True)
def test_occlusion(asked):
    session, image, scores = asked
    session.run("map = occlusionSensitivity(net,X,[3 1],MaskSize=3,Stride=2,OutputUpsampling='none');")
    images = [image]
    for row in range(0, 8, 2):
        for column in range(0, 8, 2):
            images.append(image.copy())
            images[-1][max(row - 1, 0) : row + 2, max(column - 1, 0) : column + 2] = image.mean((0, 1))
    found = scores(images)
    wanted = (found[0] - found[1:]).reshape(4, 4, 4)[..., [2, 0]]
    np.testing.assert_allclose(session["map"], wanted, atol=1e-6)
    assert wanted.std() > 1e-4
    assert np.corrcoef(np.ravel(session["map"]), wanted.ravel())[0, 1] > 0.9999


@pytest.mark.parametrize("asked", SHAPES, indirect=True)
def test_lime(asked):
    from sklearn.linear_model import Lasso

    session, image, scores = asked
    session.run("rng(3); [~,f,w] = imageLIME(net,X,2,Segmentation='grid',NumFeatures=4,NumSamples=40,Model='linear');"
                "rng(3); Z = rand(40,4) < 0.5;")  # fmt: skip
    cells, Z = session["f"].astype(int) - 1, session["Z"]
    y = scores([np.where(kept[cells][..., None], image, image.mean((0, 1))) for kept in Z])[:, 1]
    wanted = Lasso(alpha=1 / 40, max_iter=10**5, tol=1e-10).fit(Z, y).coef_
    np.testing.assert_allclose(session["w"][:, 0], wanted, atol=1e-4)


@pytest.mark.parametrize("asked", SHAPES, indirect=True)
def test_rise(asked):
    session, image, scores = asked
    session.run("rng(3); map = rise(net,X,2,NumMasks=20,GridSize=1,MaskValue=0); rng(3); kept = rand(20,1) < 0.5;")
    both = scores([image, 0 * image])[:, 1]  # a grid of one cell: the whole image is seen or nothing of it
    wanted = both[0] * np.ravel(session["kept"]).sum() / (0.5 * 20)
    np.testing.assert_allclose(session["map"], wanted, atol=1e-5)
