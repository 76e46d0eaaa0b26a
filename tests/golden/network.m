net = squeezenet
net.Layers(2)
net.Layers(1).InputSize
im = imread('coffee.png');
[label, score] = classify(net, imresize(im, [227 227]));
label
fprintf('%s %.2f\n', label, max(score))
size(activations(net, imresize(im, [227 227]), 'conv1'))
%---- gives ----
