net = squeezenet;
lgraph = layerGraph(net)
lgraph.Connections(end-2:end,:)
newHead = convolution2dLayer(1, 5, 'Name', 'new_conv', 'WeightLearnRateFactor', 10, 'BiasLearnRateFactor', 10)
lgraph = replaceLayer(lgraph, 'conv10', newHead);
lgraph = replaceLayer(lgraph, 'ClassificationLayer_predictions', classificationLayer('Name', 'new_output'));
lgraph.Layers(end-5:end)
layers = lgraph.Layers(1:3);
layers(2).WeightLearnRateFactor = 0;
layers(end+1) = tanhLayer;
layers(1) = []
layers(1).WeightLearnRateFactor
try
    replaceLayer(lgraph, 'conv11', newHead);
catch e
    disp(e.message)
end
try
    assembleNetwork(lgraph);
catch e
    disp(e.message)
    for k = 1:numel(e.cause), disp(e.cause{k}.message), end
end
lgraph = removeLayers(lgraph, 'new_output');
dlnet = dlnetwork(lgraph)
dlnet.Learnables(end-2:end,:)
summary(dlnet)
dlnet = replaceLayer(dlnet, 'relu_conv10', leakyReluLayer(0.1, Name='leaky'));
dlnet.Initialized
lgraph = connectLayers(addLayers(layerGraph(reluLayer(Name='a')), additionLayer(2, Name='add')), 'a', 'add/in2');
analyzeNetwork(lgraph)
%---- gives ----

lgraph = 

  LayerGraph with properties:

     InputNames: {'data'}
    OutputNames: {'ClassificationLayer_predictions'}
         Layers: [68×1 nnet.cnn.layer.Layer]
    Connections: [75×2 table]


ans =

  3×2 table

        Source                     Destination            
    _______________    ___________________________________

    {'relu_conv10'}    {'pool10'                         }
    {'pool10'     }    {'prob'                           }
    {'prob'       }    {'ClassificationLayer_predictions'}


newHead = 

  Convolution2DLayer with properties:

              Name: 'new_conv'

   Hyperparameters
        FilterSize: [1 1]
       NumChannels: 'auto'
        NumFilters: 5
            Stride: [1 1]
    DilationFactor: [1 1]
       PaddingMode: 'manual'
       PaddingSize: [0 0 0 0]
      PaddingValue: 0

   Learnable Parameters
           Weights: []
              Bias: []

  Show all properties


ans = 

  6×1 Layer array with layers:

     1   'drop9'         Dropout                      50% dropout
     2   'new_conv'      2-D Convolution              5 1×1 convolutions with stride [1  1] and padding [0  0  0  0]
     3   'relu_conv10'   ReLU                         ReLU
     4   'pool10'        2-D Global Average Pooling   2-D global average pooling
     5   'prob'          Softmax                      softmax
     6   'new_output'    Classification Output        crossentropyex


layers = 

  3×1 Layer array with layers:

     1   'conv1'        2-D Convolution   64 3×3×3 convolutions with stride [2  2] and padding [0  0  0  0]
     2   'relu_conv1'   ReLU              ReLU
     3   ''             Tanh              Hyperbolic tangent


ans =

     0

Layer 'conv11' does not exist.
Invalid network.
Layer 'new_conv': Empty Weights property. Specify a nonempty value for the Weights property.
Layer 'new_conv': Empty Bias property. Specify a nonempty value for the Bias property.
Layer 'new_output': Empty Classes property. Specify a nonempty value for the Classes property.

dlnet = 

  dlnetwork with properties:

         Layers: [67×1 nnet.cnn.layer.Layer]
    Connections: [74×2 table]
     Learnables: [52×3 table]
          State: [0×3 table]
     InputNames: {'data'}
    OutputNames: {'prob'}
    Initialized: 1

  View summary with summary.


ans =

  3×3 table

          Layer          Parameter           Value       
    _________________    _________    ___________________

    "fire9-expand3x3"    "Bias"       {1×1×256   dlarray}
    "new_conv"           "Weights"    {1×1×512×5 dlarray}
    "new_conv"           "Bias"       {1×1×5     dlarray}


   Initialized: true

   Number of learnables: 725.1k

   Inputs:
      1   'data'   227×227×3 images


ans =

  logical

   0

Analysis of lgraph

   0 total learnables, 2 layers, 0 warnings, 3 errors

      Name    Type       Activations   Learnable Properties
   1  'a'     ReLU
   2  'add'   Addition

   Issues
      Network: Missing input layer. The network must have at least one input layer.
      Layer 'a': Unconnected input. Each layer input must be connected to the output of another layer.
      Layer 'add': Unconnected input. Each layer input must be connected to the output of another layer.
          unconnected inputs: 'in1'

figure 'Deep Learning Network Analyzer': graph 2 nodes, 1 edges, title 'Analysis of lgraph'
