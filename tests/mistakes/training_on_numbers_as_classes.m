X = rand(6,6,1,12);
layers = [imageInputLayer([6 6 1]) fullyConnectedLayer(3) softmaxLayer];
Y = [1 1 1 1 2 2 2 2 3 3 3 3]';
net = trainnet(X,Y,layers,'crossentropy',trainingOptions('adam','Verbose',false));
%---- gives ----
error: Invalid training data. The output size (3) of the last layer does not match the response size (1).
  training_on_numbers_as_classes.m:4:7
    net = trainnet(X,Y,layers,'crossentropy',trainingOptions('adam','Verbose',false));
          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
  + classes are categorical(labels), not numbers
