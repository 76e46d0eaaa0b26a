X = rand(6,6,1,12);
layers = [imageInputLayer([6 6 1]) fullyConnectedLayer(3) softmaxLayer];
Y = categorical([1 1 1 1 2 2 2 2 3 3 3 3]');
options = trainingOptions('sgdm','MaxEpochs',1,'Verbose',false,'OutputFcn',@(info) disp(info.State));
net = trainNetwork(X,Y,[layers classificationLayer],options);
%---- gives ----
error: Too many output arguments.
  output_function_without_output.m:5:7
    net = trainNetwork(X,Y,[layers classificationLayer],options);
          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
    called: @(info)disp(info.State)
