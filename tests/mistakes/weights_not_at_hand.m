net = alexnet;
%---- gives ----
error: The weights of alexnet are not on this computer.
  weights_not_at_hand.m:1:7
    net = alexnet;
          ^^^^^^^
    file: bvlcalexnet-12.onnx, 244 MB (243863787 bytes)
    address: https://huggingface.co/onnxmodelzoo/bvlcalexnet-12/resolve/main/bvlcalexnet-12.onnx
    a copy may be laid in: weights
    downloads are switched off (CNNSCRIPT_OFFLINE)
  + squeezenet comes with its weights; alexnet('Weights','none') gives the layers without any
