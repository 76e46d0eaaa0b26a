"""Loops of two networks as generative models have them: projection of noise to maps, gradient penalties."""

import numpy as np

NETWORKS = """
    rng(2); project = @(X) dlarray(reshape(stripdims(X),4,4,3,[]),"SSCB");
    netG = dlnetwork([featureInputLayer(5); fullyConnectedLayer(48); functionLayer(project,Formattable=true)
        transposedConv2dLayer(4,1,Stride=2,Cropping="same"); tanhLayer]);
    netD = dlnetwork([imageInputLayer([8 8 1],Normalization="none"); convolution2dLayer(4,4,Stride=2,Padding="same")
        leakyReluLayer(0.2); convolution2dLayer(4,1)]);
    X = dlarray(0.1*randn(8,8,1,6,"single")+0.5,"SSCB"); Z = dlarray(randn(5,6,"single"),"CB");
"""


def test_a_generator_learns_to_be_taken_for_real(run):
    run(
        NETWORKS
        + """
        a = []; b = []; fake = predict(netG,Z); form = [dims(fake) mat2str(size(fake))];
        function [l,g] = lossG(netG,netD,Z)
            Y = sigmoid(forward(netD,forward(netG,Z))); l = -mean(log(Y)); g = dlgradient(l,netG.Learnables);
        end
        for k = 1:15
            [l,g] = dlfeval(@lossG,netG,netD,Z); [netG,a,b] = adamupdate(netG,g,a,b,k,0.02,0.5);
            losses(k) = extractdata(l);
        end
    """
    )
    losses = np.ravel(run["losses"])
    assert run["form"] == "SSCB[8 8 1 6]"
    assert losses[-1] < losses[0] / 2


def test_the_penalty_of_a_gradient_has_a_gradient(run):
    run(
        NETWORKS
        + """
        function p = penalty(net,X)
            g = dlgradient(sum(forward(net,X),"all"),X,EnableHigherDerivatives=true);
            p = mean((sqrt(sum(g.^2,1:3)+1e-10)-1).^2,"all");
        end
        function [p,g] = both(net,X), p = penalty(net,X); g = dlgradient(p,net.Learnables); end
        [p,g] = dlfeval(@both,netD,X); d = single(cos(1:numel(g.Value{1}))); d = reshape(d,size(g.Value{1})); h = 1e-2;
        up = netD; up.Learnables.Value{1} = up.Learnables.Value{1} + h*d;
        down = netD; down.Learnables.Value{1} = down.Learnables.Value{1} - h*d;
        slope = (dlfeval(@penalty,up,X) - dlfeval(@penalty,down,X))/(2*h);
        found = double(extractdata(sum(g.Value{1}.*d,"all"))); slope = double(extractdata(slope));
    """
    )
    assert abs(run["found"] - run["slope"]) < 2e-2 * abs(run["slope"]) + 1e-3
