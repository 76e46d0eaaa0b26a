% What SqueezeNet sees in four photographs, and with what scores: classify, predict and minibatchpredict agree.
net = squeezenet;
names = net.Layers(end).Classes;
files = {'coffee.png','chelsea.png','motorcycle_left.png','rocket.jpg'};
images = zeros(227,227,3,numel(files),'uint8');
for k = 1:numel(files)
    images(:,:,:,k) = imresize(imread(files{k}),[227 227]);
end
[labels,scores] = classify(net,images);
for k = 1:numel(files)
    [top,order] = maxk(scores(k,:),3);
    fprintf('%s: %s\n', files{k}, labels(k));
    for i = 1:3
        fprintf('  %-20s %.2f\n', string(names(order(i))), top(i));
    end
end
[again,best] = scores2label(minibatchpredict(net,images,MiniBatchSize=3),categories(labels));
isequal(again,labels)
max(abs(best-max(scores,[],2))) < 1e-5
numel(categories(labels))
%---- gives ----
coffee.png: espresso
  espresso             1.00
  cup                  0.00
  coffee mug           0.00
chelsea.png: Egyptian cat
  Egyptian cat         0.52
  tiger cat            0.29
  tabby                0.18
motorcycle_left.png: motor scooter
  motor scooter        0.49
  moped                0.47
  disk brake           0.01
rocket.jpg: pole
  pole                 0.15
  flagpole             0.11
  schooner             0.08

ans =

  logical

   1


ans =

  logical

   1


ans =

        1000

