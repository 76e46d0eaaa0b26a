% A training loop as MathWorks writes it: four patterns in noise, a small network, mini-batches, Adam, a monitor.
rng(0)
TTrain = repelem(categorical(["column";"row";"diagonal";"corner"]),40);
XTrain = 0.3*randn(12,12,1,160);
XTrain(:,4:6,1,1:40) = XTrain(:,4:6,1,1:40) + 1;
XTrain(4:6,:,1,41:80) = XTrain(4:6,:,1,41:80) + 1;
XTrain(:,:,1,81:120) = XTrain(:,:,1,81:120) + 2*eye(12);
XTrain(1:6,1:6,1,121:160) = XTrain(1:6,1:6,1,121:160) + 1;
classes = categories(TTrain);

net = dlnetwork([
    imageInputLayer([12 12 1],Normalization="none")
    convolution2dLayer(3,8,Padding="same")
    batchNormalizationLayer
    reluLayer
    maxPooling2dLayer(2,Stride=2)
    fullyConnectedLayer(numel(classes))
    softmaxLayer]);

dsTrain = combine(arrayDatastore(XTrain,IterationDimension=4),arrayDatastore(TTrain));
mbq = minibatchqueue(dsTrain,MiniBatchSize=40,MiniBatchFcn=@preprocessMiniBatch,MiniBatchFormat=["SSCB" ""])

numEpochs = 3; learnRate = 0.01; l2Regularization = 1e-4; gradientThreshold = 1;
averageGrad = []; averageSqGrad = []; losses = [];
numIterations = numEpochs*4;
monitor = trainingProgressMonitor(Metrics="Loss",Info=["Epoch" "LearnRate"],XLabel="Iteration");
epoch = 0; iteration = 0;
while epoch < numEpochs && ~monitor.Stop
    epoch = epoch + 1;
    shuffle(mbq);
    while hasdata(mbq) && ~monitor.Stop
        iteration = iteration + 1;
        [X,T] = next(mbq);
        [loss,gradients,state] = dlfeval(@modelLoss,net,X,T);
        net.State = state;
        idx = net.Learnables.Parameter == "Weights";
        gradients(idx,:) = dlupdate(@(g,w) g + l2Regularization*w,gradients(idx,:),net.Learnables(idx,:));
        gradients = dlupdate(@(g) thresholdL2Norm(g,gradientThreshold),gradients);
        [net,averageGrad,averageSqGrad] = adamupdate(net,gradients,averageGrad,averageSqGrad,iteration,learnRate);
        recordMetrics(monitor,iteration,Loss=loss);
        updateInfo(monitor,Epoch=epoch + " of " + numEpochs,LearnRate=learnRate);
        monitor.Progress = 100*iteration/numIterations;
    end
end
losses = monitor.MetricData.Loss(:,2);
size(losses)
losses(end) < losses(1)/4
averageGrad

mbqTest = minibatchqueue(arrayDatastore(XTrain,IterationDimension=4),MiniBatchSize=64,MiniBatchFormat="SSCB");
YTest = modelPredictions(net,mbqTest,classes);
accuracy = mean(TTrain == YTest)

function [loss,gradients,state] = modelLoss(net,X,T)
[Y,state] = forward(net,X);
loss = crossentropy(Y,T);
gradients = dlgradient(loss,net.Learnables);
end

function [X,T] = preprocessMiniBatch(dataX,dataT)
X = cat(4,dataX{1:end});
T = cat(2,dataT{1:end});
T = onehotencode(T,1);
end

function gradients = thresholdL2Norm(gradients,gradientThreshold)
gradientNorm = sqrt(sum(gradients(:).^2));
if gradientNorm > gradientThreshold
    gradients = gradients*(gradientThreshold/gradientNorm);
end
end

function Y = modelPredictions(net,mbq,classes)
Y = [];
reset(mbq)
while hasdata(mbq)
    X = next(mbq);
    scores = predict(net,X);
    labels = onehotdecode(scores,classes,1)';
    Y = [Y; labels];
end
end
%---- gives ----

mbq = 

minibatchqueue with 2 outputs and properties:

   Mini-batch creation:
               MiniBatchSize: 40
            PartialMiniBatch: 'return'
                MiniBatchFcn: @preprocessMiniBatch
    PreprocessingEnvironment: 'serial'

   Outputs:
                  OutputCast: {'single'  'single'}
             OutputAsDlarray: [1 1]
             MiniBatchFormat: {'SSCB'  ''}
           OutputEnvironment: {'auto'  'auto'}


ans =

    12     1


ans =

  logical

   1


averageGrad =

  6×3 table

       Layer       Parameter          Value      
    ___________    _________    _________________

    "conv"         "Weights"    {3×3×1×8 dlarray}
    "conv"         "Bias"       {1×1×8   dlarray}
    "batchnorm"    "Offset"     {1×1×8   dlarray}
    "batchnorm"    "Scale"      {1×1×8   dlarray}
    "fc"           "Weights"    {4×288   dlarray}
    "fc"           "Bias"       {4×1     dlarray}


accuracy =

     1

figure 'Training Progress': axes 1: animatedline 12 points, xlabel 'Iteration', ylabel 'Loss'; axes 2: text 'Running (100 %)', text 'Epoch: / LearnRate:', text '3 of 3 / 0.01'
