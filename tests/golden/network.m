net = squeezenet
net.Layers(2)
net.Layers(1).InputSize
im = imread('coffee.png');
[label, score] = classify(net, imresize(im, [227 227]));
label
fprintf('%s %.2f\n', label, max(score))
size(activations(net, imresize(im, [227 227]), 'conv1'))
%---- gives ----

net = 

  DAGNetwork with properties:

         Layers: [68×1 nnet.cnn.layer.Layer]
    Connections: [75×2 table]
     InputNames: {'data'}
    OutputNames: {'ClassificationLayer_predictions'}


ans = 

  Convolution2DLayer with properties:

              Name: 'conv1'

   Hyperparameters
        FilterSize: [3 3]
       NumChannels: 3
        NumFilters: 64
            Stride: [2 2]
    DilationFactor: [1 1]
       PaddingMode: 'manual'
       PaddingSize: [0 0 0 0]
      PaddingValue: 0

   Learnable Parameters
           Weights: [3×3×3×64 single]
              Bias: [1×1×64 single]

  Show all properties


ans =

   227   227     3


label = 

  categorical

     espresso 

espresso 1.00

ans =

   113   113    64

