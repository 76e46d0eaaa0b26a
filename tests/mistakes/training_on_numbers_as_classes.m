X = rand(6,6,1,12);
layers = [imageInputLayer([6 6 1]) fullyConnectedLayer(3) softmaxLayer];
Y = [1 1 1 1 2 2 2 2 3 3 3 3]';
net = trainnet(X,Y,layers,'crossentropy',trainingOptions('adam','Verbose',false));
%---- gives ----
error: Number of channels in predictions (3) must match the number of channels in the targets (1).
  training_on_numbers_as_classes.m:4:7
    net = trainnet(X,Y,layers,'crossentropy',trainingOptions('adam','Verbose',false));
          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
    of the training data
  + classes are categorical(labels), not numbers
