net = squeezenet;
label = classify(net, zeros(227,227));
%---- gives ----
error: Incorrect input size. The input images must have a size of [227 227 3].
  image_with_one_channel.m:2:9
    label = classify(net, zeros(227,227));
            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
    the image is 227×227×1
  + repeat a grey image to three channels: repmat(im, [1 1 3])
