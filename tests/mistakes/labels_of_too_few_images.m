X = rand(6,6,1,12);
layers = [imageInputLayer([6 6 1]) fullyConnectedLayer(3) softmaxLayer];
options = trainingOptions('adam','Verbose',false);
net = trainNetwork(X,categorical([1;2;3]),[layers classificationLayer],options);
%---- gives ----
error: Number of observations in X and Y disagree.
  labels_of_too_few_images.m:4:7
    net = trainNetwork(X,categorical([1;2;3]),[layers classificationLayer],options);
          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
    12 in X
    3 in Y
