net = alexnet;
%---- gives ----
error: The weights of alexnet are not on this computer.
  weights_not_at_hand.m:1:7
    net = alexnet;
          ^^^^^^^
    bvlcalexnet-12.onnx, 244 MB: https://huggingface.co/onnxmodelzoo/bvlcalexnet-12/resolve/main/bvlcalexnet-12.onnx
    bvlc_alexnet.caffemodel, about 244 MB: http://dl.caffe.berkeleyvision.org/bvlc_alexnet.caffemodel
    a copy may be laid in weights, or given: weights add alexnet FILE
    downloads are switched off (CNNSCRIPT_OFFLINE)
  + weights get alexnet fetches them (244 MB) where the internet is reached; alexnet('Weights','none') gives the layers without any
