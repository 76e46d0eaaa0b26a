X = rand(6,6,1,12);
layers = [imageInputLayer([6 6 1]) fullyConnectedLayer(3) softmaxLayer];
Y = categorical([1 1 1 1 2 2 2 2 3 3 3 3]');
net = trainnet(X,Y,layers,@(y) mean(y,'all'),trainingOptions('adam','Verbose',false));
%---- gives ----
error: Too many input arguments.
  loss_of_one_input.m:4:7
    net = trainnet(X,Y,layers,@(y) mean(y,'all'),trainingOptions('adam','Verbose',false));
          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
    an anonymous function of 1 input was given 2
