net = squeezenet;
label = classify(net, zeros(100,100,3));
%---- gives ----
error: Incorrect input size. The input images must have a size of [227 227 3].
  image_too_small.m:2:9
    label = classify(net, zeros(100,100,3));
            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
    the image is 100×100×3
  + imresize(im, [227 227])
